package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.mining.workload.TinyPool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code filon-miner} as a process on two devices, which PoCL makes of one CPU. */
class RigProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern PORT = Pattern.compile("figures at http://127\\.0\\.0\\.1:(\\d+)/");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<TinyPool> pools = new ArrayList<>();
    private Process process;

    @BeforeEach
    void openPools() throws IOException {
        pools.add(new TinyPool());
        pools.add(new TinyPool());
    }

    @AfterEach
    void leaveNoProcess() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        for (TinyPool pool : pools) {
            pool.close();
        }
        client.close();
    }

    private String pool(int number) {
        return "stratum+tcp://127.0.0.1:" + pools.get(number).port();
    }

    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dfilon.cache=off",
                "-cp",
                System.getProperty("java.class.path"),
                "filon.mining.command.MinerCommand"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("POCL_DEVICES", "pthread pthread");
        process = builder.redirectOutput(folder.resolve("out.txt").toFile()).start();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out.txt"));
    }

    private JsonNode awaitFigures(Predicate<JsonNode> condition) throws Exception {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            Optional<JsonNode> figures = figures().filter(condition);
            if (figures.isPresent()) {
                return figures.get();
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("no such figures; the process said:\n" + output());
    }

    private Optional<JsonNode> figures() throws Exception {
        Matcher port = PORT.matcher(output());
        if (!port.find()) {
            return Optional.empty();
        }
        URI address = URI.create("http://127.0.0.1:" + port.group(1) + "/figures");
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return Optional.of(new ObjectMapper().readTree(body));
    }

    private static boolean allHash(JsonNode figures) {
        return StreamSupport.stream(figures.path("miners").spliterator(), false)
                .flatMap(miner -> StreamSupport.stream(miner.path("devices").spliterator(), false))
                .allMatch(device -> device.at("/work/sharesFound").asLong() >= 3);
    }

    private void end() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void letsTwoDevicesMineOneJobWithoutTryingANonceTwice() throws Exception {
        // Given
        start("--pool", pool(0), "--user", "me", "--device", "0,1", "--http", "0");

        // When
        JsonNode figures = awaitFigures(now -> pools.getFirst().accepted.get() >= 20 && allHash(now));
        end();

        // Then
        assertThat(figures.at("/miners/0/devices")).hasSize(2);
        assertThat(pools.getFirst().refused).hasValue(0);
        assertThat(output()).contains("summary: ").contains("rejected 0");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void minesForTwoPoolsAtOnceAndAccountsForAllTimeOfEachDevice() throws Exception {
        // Given
        start(
                "--pool",
                pool(0),
                "--user",
                "me",
                "--device",
                "0",
                "--http",
                "0",
                "--and",
                "--pool",
                pool(1),
                "--user",
                "you",
                "--device",
                "1");

        // When
        JsonNode figures = awaitFigures(now -> now.path("miners").size() == 2 && allHash(now));
        end();

        // Then
        for (JsonNode miner : figures.path("miners")) {
            JsonNode device = miner.at("/devices/0");
            double seconds = 0;
            for (JsonNode state : device.path("secondsOf")) {
                seconds += state.asDouble();
            }
            double uptime = figures.path("uptimeSeconds").asDouble();
            assertThat(seconds).isBetween(uptime * 0.999 - 0.001, uptime * 1.001 + 0.1);
            assertThat(device.at("/work/proofs").asLong()).isPositive();
        }
        assertThat(pools).allMatch(pool -> pool.accepted.get() > 0 && pool.refused.get() == 0);
    }
}

package filon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.contracts.value.RentalId;
import filon.local.Ports;
import filon.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code infra/up} as a process of its own, on data and ports of its own. */
class UpJourneyTest {
    private static final int PORTS_FROM = 38_080;
    private static final int LIMIT_SECONDS = 240;
    private final Path target = RepositoryRoot.infra("e2e", "target");
    private final Path data = target.resolve("up");
    private final Path summary = target.resolve("up.json");
    private final Path log = target.resolve("up.log");
    private final int ports = Ports.free(PORTS_FROM).base();
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void onNewData() throws IOException {
        OnRealPlatform.wipe(data);
        Files.deleteIfExists(summary);
        Files.deleteIfExists(log);
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void goesOnAfterItsSupervisorWasKilledAndAccountsForEverySecond() throws Exception {
        // Given
        Process first = up("--port-base", String.valueOf(ports));
        String rental = awaitInLog("rental ([0-9a-f-]{36})");
        awaitInLog("proven ([1-9]\\d*) s");

        // When
        int second = finished(up());
        first.destroyForcibly().waitFor();
        int third = finished(up("--for", "20s", "--json", summary.toString()));

        // Then
        JsonNode result = new ObjectMapper().readTree(summary.toFile());
        assertThat(second).as("a second infra/up beside the first").isEqualTo(3);
        assertThat(Files.readString(log)).contains("already running on", "going on with rental " + rental);
        assertThat(third).isZero();
        assertThat(result.path("rentalId").asText()).isEqualTo(rental);
        assertThat(result.path("acceptedShares").asLong()).isPositive();
        assertThat(result.path("rejectedShares").asLong()).isZero();
        assertThat(result.path("costMicroEur").asLong())
                .isPositive()
                .isEqualTo(OrderJourneyTest.cost(
                        result.path("priceMicroEurPerHour").asLong(),
                        result.path("provenSeconds").asLong()));
        assertThat(result.path("provenSeconds").asLong())
                .isEqualTo(HostTruth.provenSeconds(data.resolve("agent/home"), RentalId.of(rental)));
    }

    @Test
    void saysInOneLineWhatIsWrongWithAnOption() throws Exception {
        assertThat(finished(up("--for", "yesterday"))).isEqualTo(64);
        assertThat(finished(up("--port-base", "80"))).isNotZero();
        assertThat(Files.readAllLines(log))
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).contains("yesterday", "90s, 5m or 1h"),
                        line -> assertThat(line).contains("80", "1024"));
    }

    private Process up(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dfilon.root=" + RepositoryRoot.path(),
                "-cp",
                System.getProperty("java.class.path"),
                "filon.local.UpMain",
                "--data",
                data.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        started.add(process);
        return process;
    }

    private static int finished(Process process) throws InterruptedException {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("ended within %d s", LIMIT_SECONDS)
                .isTrue();
        return process.exitValue();
    }

    private String awaitInLog(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return Awaitility.await(pattern)
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(
                        () -> {
                            Matcher matcher = wanted.matcher(Files.readString(log));
                            return matcher.find() ? matcher.group(1) : "";
                        },
                        found -> !found.isEmpty());
    }
}

package filon.mining.command;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.workload.TinyPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a signal leaves of the limits of a process, whose NVML is a fake. */
class HeldLimitsProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SET_AND_RESTORED = List.of(
            "0000:01:00.0 power 250000",
            "0000:01:00.0 clocks 1410 to 1410",
            "0000:01:00.0 clocks reset",
            "0000:01:00.0 power 300500");

    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void leaveNoProcess() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dfilon.cache=off",
                "-cp",
                System.getProperty("java.class.path"),
                LimitedSessionMain.class.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
    }

    private List<String> output() throws IOException {
        return Files.readAllLines(folder.resolve("out.txt"));
    }

    private void awaitLine(String part) throws IOException {
        long begin = System.nanoTime();
        while (output().stream().noneMatch(line -> line.contains(part))) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new AssertionError("no line with '" + part + "' in " + output());
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void end() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void restoresOnceWhenASignalEndsMining() throws Exception {
        try (TinyPool pool = new TinyPool()) {
            // Given
            start("stratum+tcp://127.0.0.1:" + pool.port());
            awaitLine("authorised by");

            // When
            end();

            // Then
            assertThat(output()).filteredOn(line -> line.startsWith("0000:")).isEqualTo(SET_AND_RESTORED);
            assertThat(process.exitValue()).isZero();
        }
    }

    @Test
    void restoresOnceWhenASignalComesBeforeMining() throws Exception {
        // Given
        start();
        awaitLine("clocks 1410");

        // When
        end();

        // Then
        assertThat(output()).isEqualTo(SET_AND_RESTORED);
    }
}

package filon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
    @TempDir
    Path data;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private Service service;

    @AfterEach
    void endIt() {
        if (service != null) {
            service.kill();
        }
    }

    private Service of(String script, Service.Ready ready, Duration patience) {
        Console console = new Console(new PrintStream(shown, true, StandardCharsets.UTF_8), false, true);
        service = new Service(
                new Service.Plan("sample", data.resolve("sample"), List.of("/bin/sh", "-c", script), ready, patience),
                console,
                new LeftOvers(data));
        return service;
    }

    @Test
    void showsItsLinesWithAPrefixAndKeepsThemOnDisk() throws Exception {
        // When
        of("echo hello; exec tail -f /dev/null", this::isLogged, Duration.ofSeconds(30))
                .start();

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(shown.toString(StandardCharsets.UTF_8))
                .containsPattern("sample +\\| hello"));
        assertThat(service.isAlive()).isTrue();
    }

    private boolean isLogged() throws IOException {
        Path log = data.resolve("sample/sample.log");
        return Files.exists(log) && Files.readString(log).contains("hello");
    }

    @Test
    void saysWithItsLastLinesWhyItEndedWhileStarting() {
        Service failing = of("echo no database; exit 7", () -> false, Duration.ofSeconds(30));

        assertThatThrownBy(failing::start)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("sample ended with exit code 7", "no database");
    }

    @Test
    void givesUpOnOneThatNeverGetsReady() {
        Service silent = of("exec tail -f /dev/null", () -> false, Duration.ofMillis(300));

        assertThatThrownBy(silent::start).hasMessageContaining("sample was not ready");
    }

    @Test
    void isStartedAgainBySupervisorAfterAKill() throws Exception {
        // Given
        of("echo $$ >> pids; exec tail -f /dev/null", () -> !pids().isEmpty(), Duration.ofSeconds(30));
        Supervisor supervisor = new Supervisor(Console.silent());
        supervisor.start(List.of(service));
        supervisor.watch();

        // When
        service.kill();

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(pids()).hasSize(2).doesNotHaveDuplicates());
        supervisor.stop();
        assertThat(service.isAlive()).isFalse();
    }

    private List<String> pids() throws IOException {
        Path file = data.resolve("sample/pids");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void writesItsSettingsForTheOwnerAlone() throws Exception {
        // When
        Service.configure(data, Map.of("a.key", "one\\two", "b.key", "3"));

        // Then
        Path file = data.resolve("config/application.properties");
        assertThat(Files.readAllLines(file)).contains("a.key=one\\\\two", "b.key=3");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}

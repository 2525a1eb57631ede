package filon.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void aServerThatEndsWhenAskedIsNotKilled() throws Exception {
        // Given
        ServerProcess server = started("trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done");

        // When
        boolean ended = server.stop("TERM", Duration.ofSeconds(20));

        // Then
        assertThat(ended).isTrue();
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    @Timeout(60)
    void aServerThatDoesNotHearIsKilledWithAllBelowItWhenPatienceEnds() throws Exception {
        // Given
        ServerProcess server = started("trap '' TERM INT; echo ready; while :; do sleep 0.05; done");

        // When
        boolean ended = server.stop("TERM", PATIENCE);

        // Then
        assertThat(ended).isFalse();
        assertThat(server.isAlive()).isFalse();
    }

    private ServerProcess started(String script) throws Exception {
        Path log = folder.resolve("log");
        ServerProcess server = new ServerProcess(new ServerProcess.Plan("a server", log, folder.resolve("pid"), true));
        server.start(List.of("/bin/sh", "-c", script), Map.of(), folder);
        server.awaitReady(() -> Files.readString(log).contains("ready"), Duration.ofSeconds(20));
        return server;
    }
}

package filon.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineInstallationTest {
    @Test
    void loadsSignalChainingBeforeTheProgram() {
        // Given
        Path java = EngineInstallation.currentJava();
        EngineInstallation engine = new EngineInstallation(java, List.of(Path.of("/opt/filon/engine.jar")));

        // When
        List<String> command = engine.command("filon.Some", List.of("a b"));

        // Then
        assertThat(command)
                .startsWith(
                        "/usr/bin/env",
                        "LD_PRELOAD=" + Path.of(System.getProperty("java.home"), "lib", "libjsig.so"),
                        java.toString())
                .endsWith("-cp", "/opt/filon/engine.jar", "filon.Some", "a b");
    }

    @Test
    void startsAJavaWithoutThatLibraryAsItIs() {
        // Given
        Path java = Path.of("/nowhere/bin/java");

        // When
        List<String> command = new EngineInstallation(java, List.of(Path.of("x.jar"))).command("filon.Some", List.of());

        // Then
        assertThat(command).startsWith(java.toString());
    }
}

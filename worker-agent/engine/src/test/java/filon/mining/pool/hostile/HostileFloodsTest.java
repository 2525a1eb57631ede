package filon.mining.pool.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileFloodsTest {
    private static final int WITHIN_SECONDS = 60;

    @TempDir
    Path folder;

    @Test
    void worksForTheNextPoolWithinSixtyFourMegabytesWhateverOneFloodsWith() throws Exception {
        // Given
        Path said = folder.resolve("said.txt");
        ProcessBuilder miner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileFloods.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());

        // When
        Process floods = miner.start();
        boolean isOver = floods.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS);
        floods.destroyForcibly().waitFor();

        // Then
        assertThat(Files.readString(said, StandardCharsets.UTF_8))
                .endsWith(HostileFloods.WELL + System.lineSeparator());
        assertThat(isOver).isTrue();
    }
}

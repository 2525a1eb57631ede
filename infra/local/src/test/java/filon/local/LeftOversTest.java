package filon.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftOversTest {
    @TempDir
    Path data;

    private Process process;

    @BeforeEach
    void aProcessOfAnEarlierRun() throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", "exec tail -f /dev/null").start();
    }

    @AfterEach
    void endIt() {
        process.destroyForcibly();
    }

    @Test
    void stopsWhatAnEarlierRunLeftRunning() throws Exception {
        // Given
        new LeftOvers(data).remember("sleeper", process.toHandle());

        // When
        new LeftOvers(data).stop(Console.silent());

        // Then
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(data.resolve("processes")).doesNotExist();
    }

    @Test
    void leavesAnotherProcessThatGotTheSameNumberAlone() throws Exception {
        // Given
        new LeftOvers(data).remember("sleeper", process.toHandle());
        Path file = data.resolve("processes");
        String[] line = Files.readString(file).strip().split(" ");
        Files.writeString(file, line[0] + " " + line[1] + " 12345 " + line[3] + "\n");

        // When
        new LeftOvers(data).stop(Console.silent());

        // Then
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void remembersTheNewestProcessOfAName() throws Exception {
        // Given
        LeftOvers leftOvers = new LeftOvers(data);
        leftOvers.remember("sleeper", ProcessHandle.current());

        // When
        leftOvers.rememberWithChildren("sleeper", process.toHandle());

        // Then
        assertThat(Files.readAllLines(data.resolve("processes")))
                .singleElement()
                .asString()
                .startsWith("sleeper " + process.pid() + " ");
    }
}

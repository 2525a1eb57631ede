package filon.mining.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFolderTest {
    private static final int PROGRAM_BYTES = 1_000;
    private static final long ROOM_FOR_THREE = 3 * (PROGRAM_BYTES + ProgramFormat.HEADER_BYTES);

    @TempDir
    private Path temporary;

    private Path directory;
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private ProgramFolder folder;

    @BeforeEach
    void makeTheFolder() throws IOException {
        directory = temporary.resolve("filon");
        folder = new ProgramFolder(directory, ROOM_FOR_THREE, (InstantSource) () -> now);
        folder.prepare();
    }

    private static ProgramKey key(int number) {
        return new ProgramKey(String.format("%064x", number));
    }

    private void write(int number) throws IOException {
        now = now.plusSeconds(1);
        folder.write(key(number), new byte[PROGRAM_BYTES]);
    }

    private boolean has(int number) {
        return Files.exists(folder.file(key(number)));
    }

    @Test
    void deletesWhatWasWrittenLongestAgoWhenFull() throws IOException {
        // Given
        write(1);
        write(2);
        write(3);

        // When
        write(4);

        // Then
        assertThat(has(1)).isFalse();
        assertThat(has(2) && has(3) && has(4)).isTrue();
    }

    @Test
    void keepsWhatWasUsedSince() throws IOException {
        // Given
        write(1);
        write(2);
        write(3);
        now = now.plusSeconds(1);
        folder.touch(key(1));

        // When
        write(4);

        // Then
        assertThat(has(2)).isFalse();
        assertThat(has(1) && has(3) && has(4)).isTrue();
    }

    @Test
    void deletesADraftThatAKilledProcessLeft() throws IOException {
        // Given
        Path draft = Files.write(directory.resolve(key(9).digits() + "1.draft"), new byte[PROGRAM_BYTES]);
        Files.setLastModifiedTime(draft, FileTime.from(now.minusSeconds(3_600)));
        write(1);
        write(2);

        // When
        write(3);

        // Then
        assertThat(draft).doesNotExist();
        assertThat(has(1) && has(2) && has(3)).isTrue();
    }

    @Test
    void deletesNothingThatIsNotItsOwn() throws IOException {
        // Given
        Path stranger = Files.write(directory.resolve("stranger"), new byte[(int) ROOM_FOR_THREE]);

        // When
        for (int number = 1; number <= 5; number++) {
            write(number);
        }

        // Then
        assertThat(stranger).exists();
    }

    @Test
    void refusesWhatExceedsItAltogetherAndKeepsTheRest() throws IOException {
        // Given
        write(1);

        // When
        assertThatThrownBy(() -> folder.write(key(2), new byte[(int) ROOM_FOR_THREE]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exceeds");

        // Then
        assertThat(has(1)).isTrue();
        assertThat(has(2)).isFalse();
    }
}

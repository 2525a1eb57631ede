package filon.agent.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeteringLogTest {
    private static final long LIFE = 7;

    @TempDir
    Path home;

    @Test
    void goesOnWhereAFullDiskHeldItUp() throws IOException {
        // Given
        AtomicBoolean isFull = new AtomicBoolean();
        try (MeteringLogWriter log = MeteringLogWriter.open(home, false, bytes -> requireRoom(isFull))) {
            log.append(report(1, "first"));
            isFull.set(true);
            assertThatThrownBy(() -> log.append(report(2, "second"))).isInstanceOf(IOException.class);

            // When
            isFull.set(false);
            log.append(report(2, "second"));

            // Then
            assertThat(log.after(0, 0, 100)).extracting(LoggedReport::sequence).containsExactly(1L, 2L);
        }
    }

    private static void requireRoom(AtomicBoolean isFull) throws IOException {
        if (isFull.get()) {
            throw new IOException("No space left on device");
        }
    }

    @Test
    void recoversAtEveryByteBoundaryOfTheLastEntry() throws IOException {
        // Given
        try (MeteringLogWriter log = MeteringLogWriter.open(home, false)) {
            log.append(report(1, "first"));
            log.append(report(2, "second"));
            log.append(report(3, "third"));
        }
        Path segment = MeteringLog.segments(MeteringLog.directory(home)).getLast();
        byte[] whole = Files.readAllBytes(segment);
        int lastFrom = whole.length - LogFrame.encode(report(3, "third")).remaining();

        for (int length = lastFrom; length <= whole.length; length++) {
            // When
            wipe();
            Files.write(segment, Arrays.copyOf(whole, length));
            List<Long> recovered;
            try (MeteringLogWriter log = MeteringLogWriter.open(home, false)) {
                log.append(report(9, "after the crash"));
                recovered = log.after(0, 0, 100).stream()
                        .map(LoggedReport::sequence)
                        .toList();
            }

            // Then
            List<Long> expected = length == whole.length ? List.of(1L, 2L, 3L, 9L) : List.of(1L, 2L, 9L);
            assertThat(recovered)
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isEqualTo(expected);
            assertThat(sequences()).isEqualTo(expected);
        }
    }

    @Test
    void noticesEveryFlippedBitOfAnEntry() throws IOException {
        // Given
        try (MeteringLogWriter log = MeteringLogWriter.open(home, false)) {
            log.append(report(1, "only"));
        }
        Path segment = MeteringLog.segments(MeteringLog.directory(home)).getLast();
        byte[] whole = Files.readAllBytes(segment);

        for (int bit = 0; bit < whole.length * 8; bit++) {
            // When
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            // Then
            assertThat(LogFrame.decode(flipped, 0)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void keepsTheBytesExactlyAsTheyAreSent() throws IOException {
        // Given
        byte[] value = "{\"odd\":\"spacing\" , \"é\":1}\n".getBytes(StandardCharsets.UTF_8);
        MeterCursor cursor = new MeterCursor(77, LIFE, 1, true, 5, 4, 3);

        // When
        try (MeteringLogWriter log = MeteringLogWriter.open(home, false)) {
            log.append(new LoggedReport(LIFE, 1, Map.of("lease/gpu", cursor), value));
        }

        // Then
        LoggedReport read = MeteringLog.of(home).entries().getFirst();
        assertThat(read.value()).isEqualTo(value);
        assertThat(read.cursors()).containsEntry("lease/gpu", cursor);
    }

    @Test
    void trimsWholeAcknowledgedSegmentsOnlyAndAlwaysKeepsTheNewestEntry() throws IOException {
        // Given
        writeLives(3);

        // When
        try (MeteringLogWriter log = MeteringLogWriter.open(home, false)) {
            log.trim(2, 1);
        }
        List<Long> afterFirstTrim = lives();
        try (MeteringLogWriter log = MeteringLogWriter.open(home, false)) {
            log.trim(99, 99);
            assertThat(log.newest()).map(LoggedReport::incarnation).contains(3L);
        }

        // Then
        assertThat(afterFirstTrim).containsExactly(2L, 2L, 3L, 3L);
        assertThat(lives()).containsExactly(3L, 3L);
    }

    @Test
    void keepsTrimmedSegmentsInTheArchiveWhenTold() throws IOException {
        // Given
        writeLives(3);

        // When
        try (MeteringLogWriter log = MeteringLogWriter.open(home, true)) {
            log.trim(2, 2);
            assertThat(log.after(0, 0, 100))
                    .extracting(LoggedReport::incarnation)
                    .containsExactly(3L, 3L);
        }
        MeteringLogWriter.open(home, true).close();

        // Then
        assertThat(lives()).containsExactly(1L, 1L, 2L, 2L, 3L, 3L);
    }

    @Test
    void beginsANewSegmentWhenOneIsFull() throws IOException {
        // Given
        String large = "x".repeat(100_000);

        // When
        try (MeteringLogWriter log = MeteringLogWriter.open(home, false)) {
            for (int sequence = 1; sequence <= 6; sequence++) {
                log.append(report(sequence, large));
            }

            // Then
            assertThat(log.after(LIFE, 2, 3)).extracting(LoggedReport::sequence).containsExactly(3L, 4L, 5L);
        }
        assertThat(MeteringLog.segments(MeteringLog.directory(home))).hasSize(3);
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void neverGivesAnIncarnationTwice() throws IOException {
        // When
        List<Long> lives = List.of(Incarnation.next(home, 1), Incarnation.next(home, 1), Incarnation.next(home, 1));

        // Then
        assertThat(lives).containsExactly(1L, 2L, 3L);
    }

    @Test
    void refusesToGuessAnIncarnation() throws IOException {
        // Given
        Files.writeString(home.resolve("incarnation"), "seven");

        // When + Then
        assertThatThrownBy(() -> Incarnation.next(home, 1)).isInstanceOf(IOException.class);
    }

    private void writeLives(int count) throws IOException {
        for (int life = 1; life <= count; life++) {
            try (MeteringLogWriter log = MeteringLogWriter.open(home, false)) {
                log.append(new LoggedReport(life, 1, Map.of(), new byte[] {1}));
                log.append(new LoggedReport(life, 2, Map.of(), new byte[] {2}));
            }
        }
    }

    private List<Long> lives() throws IOException {
        return MeteringLog.of(home).entries().stream()
                .map(LoggedReport::incarnation)
                .toList();
    }

    private List<Long> sequences() throws IOException {
        return MeteringLog.of(home).entries().stream()
                .map(LoggedReport::sequence)
                .toList();
    }

    private void wipe() throws IOException {
        for (Path segment : MeteringLog.segments(MeteringLog.directory(home))) {
            Files.delete(segment);
        }
    }

    private static LoggedReport report(long sequence, String text) {
        return new LoggedReport(
                LIFE,
                sequence,
                Map.of("lease/gpu", new MeterCursor(10 * sequence, LIFE, sequence, false, 0, 0, 0)),
                text.getBytes(StandardCharsets.UTF_8));
    }
}

package filon.mining.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.DeviceSensors;
import filon.contracts.value.PoolAddress;
import filon.mining.engine.MiningState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeterLogTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("meter.jsonl");
    }

    private static MeterRecord record(long n) {
        ShareProof share = new ShareProof(
                n,
                "job",
                "00".repeat(80),
                "ff".repeat(32),
                "accepted",
                0,
                "",
                3,
                PoolAddress.of("stratum+tcp://a.example:1"));
        return new MeterRecord(
                n,
                "boot",
                n * 10,
                n * 10 + 10,
                1,
                MiningState.RUNNING,
                "é\n",
                n * 100,
                n,
                0,
                0,
                0,
                0,
                5,
                n % 2 == 0 ? OptionalInt.of(61) : OptionalInt.empty(),
                OptionalLong.empty(),
                n % 2 == 0 ? Optional.of(new DeviceSensors(40, 1_500, null, null, null)) : Optional.empty(),
                false,
                List.of(share));
    }

    private void write(int records) throws IOException {
        try (MeterLog log = MeterLog.open(file)) {
            for (int n = 1; n <= records; n++) {
                log.append(record(n));
            }
        }
    }

    @Test
    void readsBackWhatWasAppendedAndContinuesAtTheOffset() throws IOException {
        write(3);

        MeterLog.Slice first = MeterLog.read(file, 0);
        try (MeterLog log = MeterLog.open(file)) {
            log.append(record(4));
        }
        MeterLog.Slice second = MeterLog.read(file, first.nextOffset());

        assertThat(first.records()).containsExactly(record(1), record(2), record(3));
        assertThat(second.records()).containsExactly(record(4));
        assertThat(second.nextOffset()).isEqualTo(Files.size(file));
    }

    @Test
    void losesNothingButTheTornLineWhereverTheWriterWasKilled() throws IOException {
        write(3);
        byte[] whole = Files.readAllBytes(file);
        long twoRecords = 0;
        for (int cut = 0; cut < whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));

            MeterLog.Slice slice = MeterLog.read(file, 0);
            try (MeterLog log = MeterLog.open(file)) {
                long n = log.lastOfPredecessor().map(MeterRecord::n).orElse(0L);
                assertThat(n).isEqualTo(slice.records().size());
                log.append(record(n + 1));
            }

            assertThat(MeterLog.read(file, 0).records())
                    .as("cut at byte %d", cut)
                    .hasSize(slice.records().size() + 1);
            twoRecords = Math.max(twoRecords, slice.records().size());
        }
        assertThat(twoRecords).isEqualTo(2);
    }

    @Test
    void refusesAFileDamagedBeforeItsEnd() throws IOException {
        write(3);
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> MeterLog.read(file, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("byte 0");
    }

    @Test
    void waitsForTheRestOfALineThatIsBeingWritten() throws IOException {
        write(1);
        Files.writeString(file, "{\"n\":2,\"boo", StandardOpenOption.APPEND);

        MeterLog.Slice slice = MeterLog.read(file, 0);

        assertThat(slice.records()).hasSize(1);
        assertThat(MeterLog.read(file, slice.nextOffset()).records()).isEmpty();
    }

    @Test
    void leavesOutReadingsThatTheDeviceDoesNotOffer() throws IOException {
        write(2);

        List<String> lines = Files.readAllLines(file);

        assertThat(lines.get(0)).doesNotContain("temperatureCelsius").contains("\"isFinal\":false");
        assertThat(lines.get(0)).doesNotContain("sensors");
        assertThat(lines.get(1))
                .contains("\"temperatureCelsius\":61", "\"sensors\":{\"fanPercent\":40,\"coreMegahertz\":1500}")
                .doesNotContain("powerMilliwatt");
    }
}

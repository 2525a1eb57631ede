package filon.mining.workload;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Target;
import filon.mining.device.Readings;
import filon.mining.engine.MiningState;
import filon.mining.engine.StateChange;
import filon.mining.engine.Tally;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path file;
    private long now = 1_000;
    private final Tally tally = new Tally();

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("meter.jsonl");
    }

    private static PoolEvent.Judged judged(ShareVerdict verdict) {
        Share share = new Share(
                1, 0, PoolAddress.of("stratum+tcp://a.example:1"), "j", new byte[80], Target.EASIEST, 5, List.of());
        return new PoolEvent.Judged(share, verdict, 4);
    }

    private void tick(Journal journal, long at) throws IOException {
        now = at;
        journal.tick(tally, Readings.NONE);
    }

    @Test
    void coversTheLifeOfTheProcessWithoutGapOrOverlapOneStatePerSpan() throws IOException {
        try (MeterLog log = MeterLog.open(file)) {
            Journal journal = new Journal(log, "boot", () -> now, CLOCK);
            tick(journal, 2_000);
            journal.changed(new StateChange(MiningState.RUNNING, "go", 2_300, 0), Readings.NONE);
            tick(journal, 3_000);
            journal.changed(new StateChange(MiningState.NO_POOL, "gone", 2_900, 0), Readings.NONE);
            now = 3_500;
            journal.end(tally, Readings.NONE);
        }

        List<MeterRecord> records = MeterLog.read(file, 0).records();
        assertThat(records)
                .extracting(MeterRecord::state)
                .containsExactly(
                        MiningState.PREPARING, MiningState.PREPARING, MiningState.RUNNING, MiningState.NO_POOL);
        assertThat(records.getFirst().fromNanos()).isEqualTo(1_000);
        for (int i = 1; i < records.size(); i++) {
            assertThat(records.get(i).fromNanos()).isEqualTo(records.get(i - 1).toNanos());
        }
        assertThat(records.getLast().toNanos()).isEqualTo(3_500);
        assertThat(records).extracting(MeterRecord::isFinal).containsExactly(false, false, false, true);
    }

    @Test
    void countsAShareInTheVeryRecordThatCarriesItsProof() throws IOException {
        try (MeterLog log = MeterLog.open(file)) {
            Journal journal = new Journal(log, "boot", () -> now, CLOCK);
            journal.judged(judged(new ShareVerdict.Accepted()));
            journal.judged(judged(new ShareVerdict.Rejected(23, "low")));
            tick(journal, 2_000);
            journal.judged(judged(new ShareVerdict.Unanswered("gone")));
            tick(journal, 3_000);
        }

        List<MeterRecord> records = MeterLog.read(file, 0).records();
        assertThat(records.get(0).counters()).isEqualTo(new Counters(0, 1, 1, 0, 0, 0));
        assertThat(records.get(0).shares()).extracting(ShareProof::verdict).containsExactly("accepted", "rejected");
        assertThat(records.get(1).counters()).isEqualTo(new Counters(0, 1, 1, 0, 1, 0));
        assertThat(records.get(1).shares()).extracting(ShareProof::reason).containsExactly("gone");
    }

    @Test
    void writesEveryVerdictBeforeTheFinalRecordEndsTheProcess() throws IOException {
        try (MeterLog log = MeterLog.open(file)) {
            Journal journal = new Journal(log, "boot", () -> now, CLOCK);
            for (int i = 0; i < 1_203; i++) {
                journal.judged(judged(new ShareVerdict.Accepted()));
            }
            journal.end(tally, Readings.NONE);
        }

        List<MeterRecord> records = MeterLog.read(file, 0).records();
        assertThat(records.stream().mapToInt(record -> record.shares().size()).sum())
                .isEqualTo(1_203);
        assertThat(records).filteredOn(MeterRecord::isFinal).containsExactly(records.getLast());
        assertThat(records.getLast().accepted()).isEqualTo(1_203);
    }

    private static Share share(int nonce) {
        byte[] header = new byte[80];
        header[79] = (byte) nonce;
        return new Share(1, 0, PoolAddress.of("stratum+tcp://a.example:1"), "j", header, Target.EASIEST, 5, List.of());
    }

    @Test
    void recordsWhatAKilledProcessSentAsUnansweredOnce() throws IOException {
        // Given a process that is killed with three shares sent, of which one has its verdict in the meter
        MeterLog killed = MeterLog.open(file);
        Journal before = new Journal(killed, "boot", () -> now, CLOCK);
        for (int nonce = 1; nonce <= 3; nonce++) {
            before.sending(share(nonce));
        }
        before.judged(new PoolEvent.Judged(share(2), new ShareVerdict.Accepted(), 4));
        tick(before, 2_000);

        // When its successors begin
        for (int successor = 0; successor < 2; successor++) {
            try (MeterLog log = MeterLog.open(file)) {
                tick(new Journal(log, "boot", () -> now, CLOCK), 3_000);
            }
        }

        // Then
        List<MeterRecord> records = MeterLog.read(file, 0).records();
        assertThat(records.getLast().counters()).isEqualTo(new Counters(0, 1, 0, 0, 2, 0));
        assertThat(records.stream().flatMap(record -> record.shares().stream()))
                .extracting(ShareProof::verdict)
                .containsExactly("accepted", "unanswered", "unanswered");
    }

    @Test
    void doesNotRecordAShareTwiceWhoseRecordWasTheLastThingWritten() throws IOException {
        Path sent = folder.resolve("sent.jsonl");
        try (MeterLog log = MeterLog.open(file)) {
            Journal journal = new Journal(log, "boot", () -> now, CLOCK);
            journal.sending(share(1));
            byte[] beforeTheRecord = Files.readAllBytes(sent);
            journal.judged(new PoolEvent.Judged(share(1), new ShareVerdict.Accepted(), 4));
            tick(journal, 2_000);
            Files.write(sent, beforeTheRecord);
        }

        try (MeterLog log = MeterLog.open(file)) {
            assertThat(log.unrecorded()).isEmpty();
        }
    }

    @Test
    void keepsNothingOfSharesThatHaveTheirVerdict() throws IOException {
        try (MeterLog log = MeterLog.open(file)) {
            Journal journal = new Journal(log, "boot", () -> now, CLOCK);
            for (int nonce = 0; nonce < 100; nonce++) {
                journal.sending(share(nonce));
                journal.judged(new PoolEvent.Judged(share(nonce), new ShareVerdict.Accepted(), 4));
            }
            tick(journal, 2_000);

            assertThat(folder.resolve("sent.jsonl")).isEmptyFile();
        }
    }

    @Test
    void passesOverALineThatWasNotWrittenToItsEnd() throws IOException {
        try (MeterLog log = MeterLog.open(file)) {
            new Journal(log, "boot", () -> now, CLOCK).sending(share(1));
        }
        Path sent = folder.resolve("sent.jsonl");
        Files.writeString(sent, "{\"sent\":{\"atN", StandardOpenOption.APPEND);

        try (MeterLog log = MeterLog.open(file)) {
            assertThat(log.unrecorded()).hasSize(1);
        }
    }

    @Test
    void leavesNoVerdictToTheNextRecordHoweverManyThereAre() throws IOException {
        try (MeterLog log = MeterLog.open(file)) {
            Journal journal = new Journal(log, "boot", () -> now, CLOCK);
            for (int i = 0; i < 1_203; i++) {
                journal.judged(judged(new ShareVerdict.Accepted()));
            }
            tick(journal, 2_000);
        }

        List<MeterRecord> records = MeterLog.read(file, 0).records();
        assertThat(records.getLast().accepted()).isEqualTo(1_203);
        assertThat(records).extracting(MeterRecord::fromNanos).containsExactly(1_000L, 2_000L, 2_000L);
        assertThat(records).noneMatch(MeterRecord::isFinal);
    }

    @Test
    void setsDamageOfSentSharesAsideAndGoesOn() throws IOException {
        Path sent = folder.resolve("sent.jsonl");
        Files.writeString(sent, "\0\0\0\n{\"recorded\":[]}\n");

        try (MeterLog log = MeterLog.open(file)) {
            Journal journal = new Journal(log, "boot", () -> now, CLOCK);
            journal.sending(share(1));

            assertThat(log.unrecorded()).hasSize(1);
        }
        assertThat(folder.resolve("sent.jsonl.damaged")).exists();
    }
}

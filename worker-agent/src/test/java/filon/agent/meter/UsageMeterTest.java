package filon.agent.meter;

import static org.assertj.core.api.Assertions.assertThat;

import filon.agent.meter.AnchoredClock.Anchor;
import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.message.UsageReport.Span;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.mining.engine.MiningState;
import filon.mining.workload.MeterLog;
import filon.mining.workload.MeterPen;
import filon.mining.workload.MeterRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageMeterTest {
    private static final long MILLI = 1_000_000;
    private static final long WALL = 1_700_000_000_000L;
    private final HostId host = HostId.of(UUID.randomUUID());
    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(WALL), ZoneOffset.UTC);

    @TempDir
    Path home;

    private MeteringLogWriter log;
    private UsageMeter meter;

    @Test
    void reportsEachRunningMillisecondOnceWhateverTheAgentsRestarts() throws Exception {
        // Given
        long seed = Long.getLong("filon.seed", 20261120L);
        System.getLogger("seed").log(System.Logger.Level.INFO, "seed " + seed);
        Random random = new Random(seed);
        Path file = home.resolve("meter.jsonl");
        MeteredWorkload workload = workload(file, false);
        restart();
        long nanos = 5_000 * MILLI + 123_457;
        int boot = 0;

        for (int second = 0; second < 400; second++) {
            // When
            try (MeterPen pen = MeterPen.on(file)) {
                long next = nanos + random.nextLong(1, 3_000 * MILLI);
                MiningState state = random.nextInt(4) == 0 ? MiningState.NO_POOL : MiningState.RUNNING;
                var shares = random.nextBoolean()
                        ? List.of(MeterPen.share(next, String.format("%0160x", second), "accepted"))
                        : List.<filon.mining.workload.ShareProof>of();
                long wall = WALL + boot * 10_000_000L + next / MILLI + random.nextInt(-40, 40);
                pen.write("boot-" + boot, nanos, next, wall, state, false, shares);
                nanos = next + (random.nextInt(10) == 0 ? random.nextLong(5_000 * MILLI) : 0);
            }
            if (random.nextInt(50) == 0) {
                boot++;
                nanos = random.nextLong(1_000 * MILLI);
            }
            if (random.nextInt(3) != 0) {
                meter.collect(List.of(workload));
            }
            if (random.nextInt(3) == 0) {
                meter.report(List.of(workload));
            }
            if (random.nextInt(9) == 0) {
                restart();
            }
        }
        drain(workload);

        // Then
        List<GpuUsage> usage = usage();
        assertThat(duplicates(usage)).isEqualTo(new BitSet());
        assertThat(covered(usage.stream().flatMap(one -> one.running().stream()).toList()))
                .isEqualTo(covered(expected(file)));
        assertThat(headers(usage)).isEqualTo(expectedHeaders(file));
    }

    @Test
    void numbersAndChainsTheReportsOfEachLife() throws Exception {
        // Given
        Path file = home.resolve("meter.jsonl");
        MeteredWorkload workload = workload(file, false);
        for (int life = 0; life < 3; life++) {
            restart();
            for (int i = 0; i < 4; i++) {
                runASecond(file, life * 10 + i);
                meter.collect(List.of(workload));

                // When
                meter.report(List.of(workload));
            }
        }

        // Then
        List<LoggedReport> entries = MeteringLog.of(home).entries();
        assertThat(entries)
                .extracting(LoggedReport::incarnation)
                .containsExactly(1L, 1L, 1L, 1L, 2L, 2L, 2L, 2L, 3L, 3L, 3L, 3L);
        for (int i = 0; i < entries.size(); i++) {
            UsageReport report = entries.get(i).report();
            assertThat(report.sequence()).isEqualTo(i % 4 + 1);
            String previous =
                    i % 4 == 0 ? "0".repeat(64) : sha256(entries.get(i - 1).value());
            assertThat(report.previousSha256()).isEqualTo(previous);
        }
    }

    @Test
    void saysNothingWhenThereIsNothingNew() throws Exception {
        // Given
        Path file = home.resolve("meter.jsonl");
        MeteredWorkload workload = workload(file, false);
        restart();
        runASecond(file, 1);
        meter.collect(List.of(workload));
        meter.report(List.of(workload));

        // When
        meter.collect(List.of(workload));

        // Then
        assertThat(meter.report(List.of(workload))).isEmpty();
    }

    @Test
    void saysOnceThatNothingMoreWillCome() throws Exception {
        // Given
        Path file = home.resolve("meter.jsonl");
        MeteredWorkload over = workload(file, true);
        restart();
        runASecond(file, 1);
        drain(over);
        drain(over);

        // Then
        assertThat(usage()).extracting(GpuUsage::isFinal).containsExactly(true);
        assertThat(meter.isFinal(over.key())).isTrue();
        assertThat(meter.sequenceOf(over.key())).isEqualTo(1);
    }

    @Test
    void saysAgainInItsNewLifeWhatIsFinalAndNotAcknowledged() throws Exception {
        // Given
        Path file = home.resolve("meter.jsonl");
        MeteredWorkload over = workload(file, true);
        restart();
        runASecond(file, 1);
        drain(over);
        restart();

        // When
        meter.reopenUnacknowledged(0, 0);
        drain(over);

        // Then
        GpuUsage repeated = usage().getLast();
        assertThat(repeated.isFinal()).isTrue();
        assertThat(repeated.running()).isEmpty();
        assertThat(repeated.acceptedShares()).isEqualTo(1);
        assertThat(repeated.hashes()).isEqualTo(1_000);
        assertThat(meter.sequenceOf(over.key())).isEqualTo(1);
    }

    @Test
    void leavesWhatIsAcknowledgedInPeace() throws Exception {
        // Given
        Path file = home.resolve("meter.jsonl");
        MeteredWorkload over = workload(file, true);
        restart();
        runASecond(file, 1);
        drain(over);
        restart();

        // When
        meter.reopenUnacknowledged(1, 1);
        drain(over);

        // Then
        assertThat(usage()).hasSize(1);
    }

    @Test
    void endsALeaseThatNeverRan() throws Exception {
        // Given
        restart();
        MeteredWorkload never = workload(home.resolve("never.jsonl"), true);

        // When
        drain(never);

        // Then
        assertThat(usage()).singleElement().satisfies(one -> {
            assertThat(one.isFinal()).isTrue();
            assertThat(one.running()).isEmpty();
        });
    }

    @Test
    void splitsABacklogIntoReportsOfBoundedSize() throws Exception {
        // Given
        Path file = home.resolve("meter.jsonl");
        MeteredWorkload workload = workload(file, false);
        restart();
        int shares = 3 * UsageMeter.REPORT_ITEMS_MAX;
        try (MeterPen pen = MeterPen.on(file)) {
            for (int i = 0; i < shares / 50; i++) {
                List<filon.mining.workload.ShareProof> found = new ArrayList<>();
                for (int k = 0; k < 50; k++) {
                    found.add(MeterPen.share(i * 1_000 * MILLI + k, String.format("%0160x", i * 50 + k), "accepted"));
                }
                pen.write(
                        "boot",
                        i * 1_000 * MILLI,
                        (i + 1) * 1_000 * MILLI,
                        WALL + i * 1_000,
                        MiningState.RUNNING,
                        false,
                        found);
            }
        }

        // When
        drain(workload);

        // Then
        List<LoggedReport> entries = MeteringLog.of(home).entries();
        assertThat(entries).hasSizeGreaterThan(2).allMatch(entry -> entry.value().length < 900_000);
        assertThat(headers(usage())).hasSize(shares).doesNotHaveDuplicates();
    }

    @Test
    void reportsOnlySharesThatThePoolAccepted() throws Exception {
        // Given
        Path file = home.resolve("meter.jsonl");
        restart();
        try (MeterPen pen = MeterPen.on(file)) {
            pen.write(
                    "boot",
                    0,
                    MILLI,
                    WALL,
                    MiningState.RUNNING,
                    false,
                    List.of(
                            MeterPen.share(1, "aa", "accepted"),
                            MeterPen.share(2, "bb", "rejected"),
                            MeterPen.share(3, "cc", "stale")));
        }

        // When
        drain(workload(file, false));

        // Then
        assertThat(headers(usage())).containsExactly("aa");
    }

    private void restart() throws IOException {
        if (log != null) {
            log.close();
        }
        log = MeteringLogWriter.open(home, false);
        meter = new UsageMeter(host, Incarnation.next(home, 1), log, home, clock);
    }

    private void drain(MeteredWorkload workload) throws IOException {
        meter.collect(List.of(workload));
        while (meter.report(List.of(workload)).isPresent()) {
            meter.collect(List.of(workload));
        }
    }

    private static void runASecond(Path file, int second) throws IOException {
        try (MeterPen pen = MeterPen.on(file)) {
            long from = second * 1_000 * MILLI;
            pen.write(
                    "boot",
                    from,
                    from + 1_000 * MILLI,
                    WALL + second * 1_000L,
                    MiningState.RUNNING,
                    false,
                    List.of(MeterPen.share(from, String.format("%0160x", second), "accepted")));
        }
    }

    private static MeteredWorkload workload(Path file, boolean isOver) {
        return new MeteredWorkload(
                LeaseId.of(new UUID(1, 1)), RentalId.of(new UUID(2, 2)), 1, GpuId.of("gpu-0"), file, isOver);
    }

    private List<GpuUsage> usage() throws IOException {
        return MeteringLog.of(home).reports().stream()
                .flatMap(report -> report.usage().stream())
                .toList();
    }

    /** Independent of the code under test: straight from the workload's own file, one anchor per boot. */
    private static List<Span> expected(Path file) throws IOException {
        Map<String, Anchor> anchors = new HashMap<>();
        List<Span> spans = new ArrayList<>();
        for (MeterRecord record : MeterLog.read(file, 0).records()) {
            Anchor anchor =
                    anchors.computeIfAbsent(record.bootId(), boot -> new Anchor(record.toNanos(), record.wallMillis()));
            long from = anchor.wallMillis() + Math.floorDiv(record.fromNanos() - anchor.nanos(), MILLI);
            long to = anchor.wallMillis() + Math.floorDiv(record.toNanos() - anchor.nanos(), MILLI);
            if (record.state() == MiningState.RUNNING && to > from) {
                spans.add(new Span(from, to));
            }
        }
        return spans;
    }

    private static List<String> expectedHeaders(Path file) throws IOException {
        return MeterLog.read(file, 0).records().stream()
                .flatMap(record -> record.shares().stream())
                .map(filon.mining.workload.ShareProof::header)
                .toList();
    }

    private static List<String> headers(List<GpuUsage> usage) {
        return usage.stream()
                .flatMap(one -> one.shares().stream())
                .map(ShareProof::header)
                .toList();
    }

    private static BitSet covered(List<Span> spans) {
        BitSet covered = new BitSet();
        spans.forEach(span -> covered.set((int) (span.fromMillis() - WALL), (int) (span.toMillis() - WALL)));
        return covered;
    }

    /** Milliseconds that two reports claim. */
    private static BitSet duplicates(List<GpuUsage> usage) {
        BitSet seen = new BitSet();
        BitSet twice = new BitSet();
        for (GpuUsage one : usage) {
            BitSet own = covered(one.running());
            BitSet overlap = (BitSet) own.clone();
            overlap.and(seen);
            twice.or(overlap);
            seen.or(own);
        }
        return twice;
    }

    private static String sha256(byte[] value) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    }
}

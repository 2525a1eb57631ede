package filon.billing.meter;

import static org.assertj.core.api.Assertions.assertThat;

import filon.billing.BillingDatabase;
import filon.billing.MovableClock;
import filon.billing.Published;
import filon.billing.Scene;
import filon.billing.TestHost;
import filon.billing.database.Database;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.UsageAcknowledged;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.message.UsageReport.Span;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.RentalId;
import filon.plumbing.inbox.RawRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BillingDatabase.class)
class UsageIngestionTest {
    private static final long START = MovableClock.START.toEpochMilli();

    @Inject
    UsageIngestion ingestion;

    @Inject
    Meters meters;

    @Inject
    Leases leases;

    @Inject
    Database database;

    @Inject
    Published published;

    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    @Inject
    UsageGaps gaps;

    /** One for all tests, because a header counts once for ever in the database they share. */
    private static final Random random = new Random(17);

    private final GpuId gpu = GpuId.of("gpu-" + UUID.randomUUID());
    private TestHost host;
    private CustomerId customer;
    private RentalId rental;

    @BeforeEach
    void prepare() {
        clock.set(MovableClock.START);
        host = TestHost.fresh();
        customer = Scene.someone();
        rental = RentalId.of(UUID.randomUUID());
    }

    @Test
    void metersWhatAGenuineReportProves() {
        // Given
        LeaseNotice.Granted lease = scene.granted(rental, customer, host, gpu);

        // When
        ingestion.ingest(List.of(host.report(Scene.proven(lease, gpu, -100, -10, false, random))));

        // Then
        GpuReading reading = reading();
        assertThat(reading.covered()).isEqualTo(Intervals.between(START - 100_000, START - 10_000));
        assertThat(reading.covered().intersect(reading.windows()).measure()).isEqualTo(90_000);
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void acknowledgesTheContiguousNumbersOnceABatchAndAgainWhenRepeated() {
        // Given
        RawRecord first = host.report();
        RawRecord second = host.report();
        RawRecord third = host.report();

        // When
        ingestion.ingest(List.of(first, third));
        ingestion.ingest(List.of(second));
        ingestion.ingest(List.of(second, first));

        // Then
        assertThat(acknowledged()).containsExactly(1L, 3L, 3L);
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void showsTheNumbersThatNeverCame() {
        // Given
        host.report();
        RawRecord second = host.report();

        // When
        ingestion.ingest(List.of(second));

        // Then
        assertThat(gaps.lanes())
                .filteredOn(lane -> lane.id().host().equals(host.id()))
                .singleElement()
                .satisfies(lane -> assertThat(lane.gaps()).hasToString("{[1,2)}"));
        assertThat(acknowledged()).isEmpty();
    }

    @Test
    void parksUsageOfALeaseNobodyHeardOfAndMetersItWhenTheGrantArrives() {
        // Given
        LeaseNotice.Granted lease = Scene.grant(rental, customer, host, 1, MovableClock.START.minusSeconds(600), gpu);
        ingestion.ingest(List.of(host.report(Scene.proven(lease, gpu, -120, -60, false, random))));
        ingestion.ingest(List.of(host.report(Scene.proven(lease, gpu, -60, 0, false, random))));
        boolean meteredBefore = !meters.readings(rental).isEmpty();

        // When
        leases.granted(lease);
        leases.granted(lease);

        // Then
        assertThat(meteredBefore).isFalse();
        assertThat(reading().covered().measure()).isEqualTo(120_000);
        assertThat(acknowledged()).containsExactly(1L, 2L);
        assertThat(database.selectFirst(
                        "select 1 from parked_usage where host_id = ?",
                        row -> 1,
                        host.id().value()))
                .isEmpty();
    }

    @Test
    void neverBillsAWrongEpochHostRentalOrGpu() {
        // Given
        LeaseNotice.Granted lease = scene.granted(rental, customer, host, gpu);
        TestHost thief = TestHost.fresh();
        GpuUsage good = Scene.proven(lease, gpu, -60, 0, false, random);
        GpuUsage wrongEpoch = like(good, rental, 2, gpu);
        GpuUsage wrongRental = like(good, RentalId.of(UUID.randomUUID()), 1, gpu);
        GpuUsage wrongGpu = like(good, rental, 1, GpuId.of("not granted"));

        // When
        ingestion.ingest(List.of(host.report(wrongEpoch, wrongRental, wrongGpu), thief.report(good)));

        // Then
        assertThat(meters.readings(rental).getFirst().gpus()).isEmpty();
        assertThat(conflicts()).hasSize(3);
        assertThat(conflictsOf(thief)).singleElement().asString().contains("is host");
    }

    @Test
    void aWrongEpochIsNotBilledEitherWhenItsLeaseComesLate() {
        // Given
        LeaseNotice.Granted lease = Scene.grant(rental, customer, host, 4, MovableClock.START.minusSeconds(600), gpu);
        GpuUsage old = like(Scene.proven(lease, gpu, -60, 0, false, random), rental, 3, gpu);
        ingestion.ingest(List.of(host.report(old)));

        // When
        leases.granted(lease);

        // Then
        assertThat(meters.readings(rental).getFirst().gpus()).isEmpty();
        assertThat(conflicts()).singleElement().asString().contains("epoch");
    }

    @Test
    void aShareThatDoesNotHashProvesNothing() {
        // Given
        LeaseNotice.Granted lease = scene.granted(rental, customer, host, gpu);
        ShareProof lie = new ShareProof(START - 1, "00".repeat(80), "00".repeat(31) + "01");

        // When
        ingestion.ingest(List.of(host.report(usage(lease, new Span(START - 60_000, START), lie))));

        // Then
        assertThat(reading().covered().measure()).isEqualTo(60_000);
        assertThat(reading().windows().isEmpty()).isTrue();
        assertThat(conflicts()).singleElement().asString().contains("above target");
    }

    @Test
    void aSolvedHeaderCountsOnceForEverOverAllLeasesInAnyOrder() {
        for (boolean early : new boolean[] {true, false}) {
            // Given the same header told for two instants, by two reports
            prepare();
            LeaseNotice.Granted lease = scene.granted(rental, customer, host, gpu);
            ShareProof share = TestHost.share(START - 600_000, random);
            ShareProof again = new ShareProof(START - 1, share.header(), share.target());
            Span span = new Span(START - 700_000, START);
            List<ShareProof> order = early ? List.of(share, again) : List.of(again, share);

            // When
            order.forEach(told -> ingestion.ingest(List.of(host.report(usage(lease, span, told)))));

            // Then the earlier instant has it
            assertThat(reading().windows()).isEqualTo(Intervals.between(START - 659_999, START - 599_999));
            assertThat(conflicts()).hasSize(1);
        }
    }

    @Test
    void aShareOfOneLeaseDoesNotProveAnother() {
        // Given
        LeaseNotice.Granted lease = scene.granted(rental, customer, host, gpu);
        RentalId otherRental = RentalId.of(UUID.randomUUID());
        LeaseNotice.Granted other = scene.granted(otherRental, customer, host, gpu);
        ShareProof share = TestHost.share(START - 1_000, random);
        ShareProof laterAgain = new ShareProof(START, share.header(), share.target());
        Span span = new Span(START - 60_000, START);

        // When
        ingestion.ingest(List.of(host.report(usage(other, span, laterAgain))));
        ingestion.ingest(List.of(host.report(usage(lease, span, share))));

        // Then
        assertThat(reading().windows().isEmpty()).isFalse();
        assertThat(meters.readings(otherRental)
                        .getFirst()
                        .gpus()
                        .getFirst()
                        .windows()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void whatHasNotHappenedYetIsNotMetered() {
        // Given
        LeaseNotice.Granted lease = scene.granted(rental, customer, host, gpu);
        ShareProof future = TestHost.share(START + 3_600_000, random);

        // When
        ingestion.ingest(List.of(host.report(usage(lease, new Span(START - 1_000, START + 3_600_000), future))));

        // Then
        assertThat(reading().covered()).isEqualTo(Intervals.between(START - 1_000, START + 5_000));
        assertThat(reading().windows().isEmpty()).isTrue();
    }

    @Test
    void databaseAndProcessAgreeOnMultiranges() {
        for (int round = 0; round < 200; round++) {
            // Given
            Intervals a = randomSet();
            Intervals b = randomSet();

            // When
            List<String> sql = database.select(
                    "select (a + b)::text, (a * b)::text from (select ?::int8multirange as a, ?::int8multirange as b) x",
                    row -> row.getString(1) + row.getString(2),
                    a.toString(),
                    b.toString());

            // Then
            assertThat(sql).containsExactly(a.union(b).toString() + a.intersect(b));
        }
    }

    private Intervals randomSet() {
        Intervals set = Intervals.EMPTY;
        for (int i = random.nextInt(6); i > 0; i--) {
            long from = random.nextInt(100) - 50;
            set = set.union(Intervals.between(from, from + 1 + random.nextInt(30)));
        }
        return set;
    }

    private GpuUsage usage(LeaseNotice.Granted lease, Span span, ShareProof... shares) {
        return Scene.usage(lease, gpu, List.of(span), List.of(shares), false);
    }

    private static GpuUsage like(GpuUsage usage, RentalId rental, long epoch, GpuId gpu) {
        return new GpuUsage(
                usage.leaseId(), rental, epoch, gpu, usage.running(), 0, 0, 0, usage.shares(), usage.isFinal());
    }

    private GpuReading reading() {
        return meters.readings(rental).getFirst().gpus().getFirst();
    }

    private List<Long> acknowledged() {
        return published.all(UsageAcknowledged.class).stream()
                .filter(ack -> ack.hostId().equals(host.id()))
                .map(UsageAcknowledged::throughSequence)
                .toList();
    }

    private List<String> conflicts() {
        return conflictsOf(host);
    }

    private List<String> conflictsOf(TestHost reporter) {
        return database.select(
                "select reason from usage_conflict where host_id = ? order by id",
                row -> row.getString(1),
                reporter.id().value());
    }
}

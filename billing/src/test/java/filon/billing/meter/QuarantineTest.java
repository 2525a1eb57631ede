package filon.billing.meter;

import static org.assertj.core.api.Assertions.assertThat;

import filon.billing.BillingDatabase;
import filon.billing.MovableClock;
import filon.billing.Published;
import filon.billing.Scene;
import filon.billing.TestHost;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.UsageAcknowledged;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.RentalId;
import filon.plumbing.inbox.RawRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BillingDatabase.class)
class QuarantineTest {
    @Inject
    UsageIngestion ingestion;

    @Inject
    Meters meters;

    @Inject
    Published published;

    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    /** One for all tests, because a header counts once for ever in the database they share. */
    private static final Random random = new Random(29);

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
    void quarantinesAWrongMacAndGoesOn() {
        // Given
        LeaseNotice.Granted lease = scene.granted(rental, customer, host, gpu);
        RawRecord genuine = host.report(Scene.proven(lease, gpu, -60, 0, false, random));
        RawRecord forged = host.record(genuine.value(), new byte[32]);

        // When
        ingestion.ingest(List.of(forged, genuine));

        // Then
        assertThat(published.quarantined(host.id().toString()))
                .singleElement()
                .asString()
                .contains("MAC");
        assertThat(reading().covered().measure()).isEqualTo(60_000);
    }

    @Test
    void quarantinesPoisonAndGoesOn() {
        // Given
        byte[] deepNonsense = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        String tombstoneHost = host.id().toString();
        List<RawRecord> poison = List.of(
                host.signed(new byte[] {0, 1, 2, (byte) 0xff}),
                host.signed(deepNonsense),
                host.signed("{\"name\":\"no.such.v1\"}".getBytes(StandardCharsets.UTF_8)),
                host.signed("null".getBytes(StandardCharsets.UTF_8)),
                new RawRecord("usage.reports", 0, 90, tombstoneHost, Map.of(), null),
                new RawRecord("usage.reports", 0, 91, null, Map.of(), new byte[0]),
                new RawRecord("usage.reports", 0, 92, "nul \0 key", Map.of(), new byte[0]));

        // When
        ingestion.ingest(poison);
        ingestion.ingest(List.of(host.report()));

        // Then
        assertThat(published.quarantined(tombstoneHost)).hasSize(5);
        assertThat(published.quarantined("nul ? key")).hasSize(1);
        assertThat(acknowledged()).containsExactly(1L);
    }

    @Test
    void quarantinesAReportWithoutLeaseOrWithAnAbsurdNumber() {
        // Given
        GpuUsage nameless = new GpuUsage(null, null, 1, null, List.of(), 0, 0, 0, List.of(), false);

        // When
        ingestion.ingest(List.of(host.report(nameless), host.forged(Long.MAX_VALUE, "0".repeat(64))));

        // Then
        assertThat(published.quarantined(host.id().toString())).hasSize(2);
        assertThat(acknowledged()).isEmpty();
    }

    @Test
    void quarantinesAReportOfAnotherHostUnderOnesOwnMac() {
        // Given
        TestHost other = TestHost.fresh();

        // When
        ingestion.ingest(List.of(host.signed(other.report().value())));

        // Then
        assertThat(published.quarantined(host.id().toString())).hasSize(1);
    }

    @Test
    void keepsTheFirstOfTwoReportsWithOneNumberAndQuarantinesTheOther() {
        // Given
        LeaseNotice.Granted lease = scene.granted(rental, customer, host, gpu);
        RawRecord first = host.report(Scene.proven(lease, gpu, -60, -30, false, random));
        RawRecord second = host.forged(1, "0".repeat(64), Scene.proven(lease, gpu, -500, -60, false, random));

        // When
        ingestion.ingest(List.of(first));
        ingestion.ingest(List.of(second, first));

        // Then
        assertThat(reading().covered().measure()).isEqualTo(30_000);
        assertThat(published.quarantined(host.id().toString()))
                .singleElement()
                .asString()
                .contains("other bytes");
    }

    @Test
    void quarantinesAReportThatBreaksTheHashChainAndAcknowledgesThatItIsKept() {
        // Given
        LeaseNotice.Granted lease = scene.granted(rental, customer, host, gpu);
        RawRecord first = host.report();
        RawRecord broken = host.forged(2, "a".repeat(64), Scene.proven(lease, gpu, -60, 0, false, random));

        // When
        ingestion.ingest(List.of(first, broken));

        // Then
        assertThat(meters.readings(rental).getFirst().gpus()).isEmpty();
        assertThat(published.quarantined(host.id().toString()))
                .singleElement()
                .asString()
                .contains("chain");
        assertThat(acknowledged()).containsExactly(2L);
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
}

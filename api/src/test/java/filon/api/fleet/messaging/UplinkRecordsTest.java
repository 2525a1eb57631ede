package filon.api.fleet.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import filon.api.ApiDatabase;
import filon.api.Scene;
import filon.api.StillClock;
import filon.api.database.Database;
import filon.api.fleet.Fleet;
import filon.api.fleet.Gpu;
import filon.api.fleet.Host;
import filon.contracts.message.Envelope;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.Message;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.TelemetrySample;
import filon.contracts.message.Topics;
import filon.contracts.message.UplinkHeaders;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.inbox.RawRecord;
import filon.testkit.MovableClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiDatabase.class)
class UplinkRecordsTest {
    @Inject
    UplinkRecords records;

    @Inject
    Fleet fleet;

    @Inject
    Database database;

    @Inject
    Scene scene;

    @Inject
    MovableClock clock;

    private final HostId host = HostId.of(UUID.randomUUID());
    private final RentalId rental = RentalId.of(UUID.randomUUID());

    @BeforeEach
    void prepare() {
        clock.set(StillClock.START);
        scene.host(host, "rig-x", 1, LeaseId.of(UUID.randomUUID()), rental);
    }

    @Test
    void showsTheNewestSampleHoweverOftenAndLateItsCopiesCome() {
        // When
        hear(sample(host, 10, 300), sample(host, 5, 200), sample(host, 10, 300), sample(host, 1, 100));

        // Then
        assertThat(gpu().live().orElseThrow().hashRateNow()).isEqualTo(HashRate.of(300));
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void keepsNothingOfHostsItDoesNotKnow() {
        // Given
        HostId stranger = HostId.of(UUID.randomUUID());

        // When
        hear(sample(stranger, 1, 100));

        // Then
        assertThat(database.select(
                        "select 1 from gpu_sample where host_id = ?", row -> row.getInt(1), stranger.value()))
                .isEmpty();
    }

    @Test
    void buriesWhatSpeaksForAnotherHostOrCannotBeRead() {
        // Given
        HostId liar = HostId.of(UUID.randomUUID());
        byte[] honest = value(sample(host, 20, 999));

        // When
        handle(
                record(host.toString(), Map.of(UplinkHeaders.HOST, bytes(liar.toString())), honest),
                record(liar.toString(), Map.of(), honest),
                record(host.toString(), Map.of(), bytes("not a message")),
                record(host.toString(), Map.of(), value(new RentalNotice.Ending(rental, "enough"))),
                record(host.toString(), Map.of(), null),
                record(
                        host.toString(),
                        Map.of(UplinkHeaders.HOST, bytes(host.toString())),
                        value(sample(host, 2, 50))));

        // Then
        assertThat(gpu().live().orElseThrow().hashRateNow()).isEqualTo(HashRate.of(50));
        assertThat(deadLetters()).hasSize(3);
        assertThat(database.select(
                        "select 1 from outbox where topic = ? and key = ?",
                        row -> row.getInt(1),
                        Topics.DEAD_LETTERS,
                        liar.toString()))
                .hasSize(1);
    }

    @Test
    void notesWhenAHostWasHeard() {
        // When
        hear(new HostReported(host, 1, 1, "0.1.0", scene.now(), List.of()));

        // Then
        assertThat(shown().heardAt()).contains(StillClock.START);
        assertThat(shown().agentVersion()).contains("0.1.0");
    }

    @Test
    void showsTheNewestWordOfProvisioningOnAHost() {
        // When
        scene.host(host, "rig-renamed", 3, null, null);
        scene.host(host, "rig-old", 2, LeaseId.of(UUID.randomUUID()), rental);

        // Then
        assertThat(shown().name()).isEqualTo("rig-renamed");
        assertThat(gpu().isFree()).isTrue();
    }

    private Host shown() {
        return fleet.hosts().stream()
                .filter(h -> h.id().equals(host))
                .findFirst()
                .orElseThrow();
    }

    private Gpu gpu() {
        return shown().gpus().getFirst();
    }

    private List<Integer> deadLetters() {
        return database.select(
                "select 1 from outbox where topic = ? and key = ?",
                row -> row.getInt(1),
                Topics.DEAD_LETTERS,
                host.toString());
    }

    private TelemetrySample sample(HostId of, long second, long rate) {
        Instant at = StillClock.START.plusSeconds(second);
        return new TelemetrySample(
                of,
                GpuId.of(of + "/0"),
                rental,
                at,
                WorkloadState.RUNNING,
                HashRate.of(rate),
                second,
                0,
                null,
                null,
                null);
    }

    private void hear(Message... messages) {
        for (Message message : messages) {
            handle(record(message.key(), Map.of(), value(message)));
        }
    }

    private void handle(RawRecord... batch) {
        QuarkusTransaction.requiringNew().run(() -> records.handle(List.of(batch)));
    }

    private static RawRecord record(String key, Map<String, byte[]> headers, byte[] value) {
        return new RawRecord(Topics.FLEET_TELEMETRY, 0, 1, key, headers, value);
    }

    private byte[] value(Message message) {
        return MessageCodec.encode(Envelope.of(UUID.randomUUID(), scene.now(), "agent-" + host, 1, message));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

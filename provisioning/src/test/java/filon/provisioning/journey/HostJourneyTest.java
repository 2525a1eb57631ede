package filon.provisioning.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Envelope;
import filon.contracts.message.FleetEvent;
import filon.contracts.message.HostOrder;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.message.LeaseNotice.PlacementRefused;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.SignedOrder;
import filon.contracts.message.Topics;
import filon.contracts.message.UsageAcknowledged;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.fleet.Fleet;
import filon.provisioning.fleet.HostView;
import filon.provisioning.host.Connectivity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class HostJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Fleet fleet;

    @Inject
    MovableClock clock;

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void aHostThatIsNotOnlineIsNotPlacedOn() {
        // Given
        RentalId rental = Samples.rental();
        HostId host = scene.available("kappa", DeviceKind.CPU, 1);
        clock.advance(Duration.ofSeconds(61));
        await().atMost(PATIENCE)
                .until(() ->
                        wire.notices(host, HostKnown.class).getLast().reason().startsWith("offline"));

        // When
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));

        // Then
        assertThat(awaitOne(rental, PlacementRefused.class).reasons()).contains("host kappa: is offline");
        assertThat(view(host).connectivity()).isEqualTo(Connectivity.OFFLINE);

        // When
        wire.report(scene.report(host, 0, Samples.gpus(host, DeviceKind.CPU, 1)));

        // Then
        assertThat(awaitOne(rental, Granted.class).hostId()).isEqualTo(host);
    }

    @Test
    void recordsThatNoHostWroteAreSetAsideAndStopNobody() {
        // Given
        HostId host = scene.available("lambda", DeviceKind.CPU, 1);
        HostId liar = scene.available("mu", DeviceKind.CPU, 1);
        HostId stranger = HostId.of(java.util.UUID.randomUUID());

        // When
        wire.uplink(
                liar,
                Topics.FLEET_REPORTED,
                wire.envelope(scene.report(host, 99, Samples.gpus(host, DeviceKind.CPU, 8))));
        wire.report(scene.report(stranger, 0, Samples.gpus(stranger, DeviceKind.CPU, 8)));
        wire.report(scene.report(liar, 0, Samples.gpus(host, DeviceKind.CPU, 8)));
        wire.send(new org.apache.kafka.clients.producer.ProducerRecord<>(
                Topics.FLEET_REPORTED, host + "/host", "rubbish".getBytes(StandardCharsets.UTF_8)));
        wire.report(scene.report(host, 5, Samples.gpus(host, DeviceKind.CPU, 1)));
        wire.report(scene.report(liar, 5, Samples.gpus(liar, DeviceKind.CPU, 1)));

        // Then
        await().atMost(PATIENCE)
                .until(() -> view(host).appliedGeneration() == 5 && view(liar).appliedGeneration() == 5);
        assertThat(view(host).gpus()).hasSize(1);
        assertThat(fleet.find(stranger)).isEmpty();
        await().atMost(PATIENCE)
                .until(() -> wire.records(Topics.DEAD_LETTERS).stream()
                                .filter(record -> record.key().contains(host.toString())
                                        || record.key().contains(stranger.toString())
                                        || record.key().contains(liar.toString()))
                                .count()
                        >= 4);
    }

    @Test
    void acknowledgedUsageBecomesOneTrimOrder() throws Exception {
        // Given
        HostId host = scene.available("nu", DeviceKind.CPU, 1);

        // When
        for (long through : List.of(3L, 9L, 4L, 9L)) {
            wire.send(Topics.USAGE_ACKS, wire.envelope(new UsageAcknowledged(host, 1, through)));
        }

        // Then
        await().atMost(PATIENCE).until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return wire.orders(host).stream().anyMatch(order -> order.order().contains("\"throughSequence\":9"));
        });
        List<SignedOrder> orders = wire.orders(host);
        assertThat(orders).hasSizeLessThanOrEqualTo(2).allMatch(wire::isGenuine);
        assertThat(MessageCodec.parse(orders.getLast().order(), HostOrder.class))
                .isEqualTo(new HostOrder.TrimUsage(host, orders.size(), 1, 9));
    }

    @Test
    void whatAgentsTellIsShownToStaffOnce() {
        // Given
        HostId host = scene.available("xi", DeviceKind.CPU, 1);
        Envelope refused = wire.envelope(
                new FleetEvent.OrderRefused(host, clock.instant(), "workload/x", "BAD_SIGNATURE", "forged", 4, 1, 17));

        // When
        wire.uplink(host, Topics.FLEET_EVENTS, refused);
        wire.uplink(host, Topics.FLEET_EVENTS, refused);
        wire.tell(new FleetEvent.AgentStarted(host, clock.instant(), 2, "1.1", 0));

        // Then
        await().atMost(PATIENCE).until(() -> view(host).events().stream()
                .anyMatch(line -> line.kind().equals("AgentStarted")));
        assertThat(view(host).events())
                .filteredOn(line -> line.kind().equals("OrderRefused"))
                .singleElement()
                .satisfies(line -> assertThat(line.detail()).contains("BAD_SIGNATURE", "forged", "offset 17"));
    }

    private <T extends LeaseNotice> T awaitOne(RentalId rental, Class<T> type) {
        await().atMost(PATIENCE).until(() -> !wire.notices(rental, type).isEmpty());
        return wire.notices(rental, type).getFirst();
    }

    private HostView view(HostId host) {
        return fleet.find(host).orElseThrow();
    }
}

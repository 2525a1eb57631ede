package filon.provisioning.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.HostOrder;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.HostOrder.StopWorkload;
import filon.contracts.message.LeaseNotice.Ended;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.WorkloadObserved;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.SignedOrder;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.fleet.Fleet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class ReconcileJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final RentalId rental = Samples.rental();

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

    private Granted granted() {
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        await().atMost(PATIENCE)
                .until(() -> !wire.notices(rental, Granted.class).isEmpty());
        return wire.notices(rental, Granted.class).getFirst();
    }

    private List<HostOrder> orders(HostId host) {
        return wire.orders(host).stream().map(ReconcileJourneyTest::opened).toList();
    }

    private static HostOrder opened(SignedOrder signed) {
        try {
            return MessageCodec.parse(signed.order(), HostOrder.class);
        } catch (UnusableMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Half a minute passes, and the host says that it is there. */
    private void halfAMinutePasses(HostId host, long applied) {
        clock.advance(Duration.ofSeconds(31));
        wire.report(scene.report(host, applied, Samples.gpus(host, DeviceKind.CPU, 1)));
    }

    @Test
    void anOrderThatTheHostNeverAppliedIsGivenAgain() {
        // Given
        HostId host = scene.available("rho", DeviceKind.CPU, 1);
        Granted granted = granted();

        // When
        halfAMinutePasses(host, 0);

        // Then
        await().atMost(PATIENCE).until(() -> orders(host).size() == 2);
        RunWorkload again = (RunWorkload) orders(host).getLast();
        assertThat(again.leaseId()).isEqualTo(granted.leaseId());
        assertThat(again.epoch()).isEqualTo(granted.epoch());
        assertThat(again.generation()).isEqualTo(2);
        assertThat(wire.orders(host)).allMatch(wire::isGenuine);
        assertThat(fleet.find(host).orElseThrow().events())
                .anyMatch(line ->
                        line.kind().equals("Repair") && line.detail().contains(granted.leaseId() + " ordered again"));
    }

    @Test
    void aWorkloadThatTheHostForgotIsOrderedAgain() {
        // Given
        HostId host = scene.available("sigma", DeviceKind.CPU, 1);
        granted();

        // When
        halfAMinutePasses(host, 5);

        // Then
        await().atMost(PATIENCE).until(() -> orders(host).size() == 2);
        assertThat(orders(host).getLast()).isInstanceOf(RunWorkload.class);
    }

    @Test
    void theWorkOfASilentHostIsUnknownAndNotStopped() {
        // Given
        HostId host = scene.available("upsilon", DeviceKind.CPU, 1);
        Granted granted = granted();
        wire.report(scene.workload(granted, WorkloadState.RUNNING, "hashing"));
        await().atMost(PATIENCE).until(() -> observed().equals(List.of(WorkloadState.RUNNING)));

        // When
        clock.advance(Duration.ofSeconds(61));

        // Then
        await().atMost(PATIENCE).until(() -> observed().equals(List.of(WorkloadState.RUNNING, WorkloadState.UNKNOWN)));
        WorkloadObserved unknown = wire.notices(rental, WorkloadObserved.class).getLast();
        assertThat(unknown.reason())
                .startsWith("its host has not reported since ")
                .endsWith("may go on there until " + granted.authorisedUntil());

        // When
        wire.report(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 1)));

        // Then
        await().atMost(PATIENCE).until(() -> observed()
                .equals(List.of(WorkloadState.RUNNING, WorkloadState.UNKNOWN, WorkloadState.RUNNING)));
        assertThat(wire.notices(rental, WorkloadObserved.class).getLast().since())
                .isAfterOrEqualTo(unknown.since());
        assertThat(wire.notices(rental, Ended.class)).isEmpty();
    }

    private List<WorkloadState> observed() {
        return wire.notices(rental, WorkloadObserved.class).stream()
                .map(WorkloadObserved::state)
                .toList();
    }

    @Test
    void aWorkloadThatOutlivesItsLeaseIsStoppedAgain() {
        // Given
        HostId host = scene.available("tau", DeviceKind.CPU, 1);
        Granted granted = granted();
        wire.say(new RentalNotice.Ending(rental, "asked"));
        await().atMost(PATIENCE).until(() -> orders(host).size() == 2);
        wire.report(scene.workload(granted, WorkloadState.STOPPED, "asked"));
        await().atMost(PATIENCE).until(() -> !wire.notices(rental, Ended.class).isEmpty());

        // When
        halfAMinutePasses(host, 2);
        wire.report(scene.workload(granted, WorkloadState.RUNNING, "hashing"));

        // Then
        await().atMost(PATIENCE).until(() -> orders(host).size() == 3);
        assertThat(orders(host).getLast())
                .isEqualTo(new StopWorkload(host, 3, granted.leaseId(), rental, granted.epoch(), "asked"));
    }
}

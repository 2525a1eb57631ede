package filon.provisioning.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.Envelope;
import filon.contracts.message.HostOrder;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.LeaseNotice.Ended;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.HostKnown;
import filon.contracts.message.LeaseNotice.MaintenanceAnnounced;
import filon.contracts.message.LeaseNotice.MaintenanceWithdrawn;
import filon.contracts.message.LeaseNotice.PlacementRefused;
import filon.contracts.message.LeaseNotice.WorkloadObserved;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.SignedOrder;
import filon.contracts.message.Topics;
import filon.contracts.message.WorkloadState;
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
import filon.provisioning.inventory.Inventory;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.maintenance.MaintenanceWindow;
import filon.provisioning.maintenance.MaintenanceWindows;
import filon.provisioning.maintenance.MaintenanceWindows.Announcement;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class LeaseJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Fleet fleet;

    @Inject
    Inventory inventory;

    @Inject
    MovableClock clock;

    @Inject
    MaintenanceWindows windows;

    private final RentalId rental = Samples.rental();

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void aFundedRentalIsPlacedOrderedObservedAndEnded() throws Exception {
        // Given
        HostId host = scene.enrol("alpha").id();
        wire.report(scene.report(host, 0, Samples.gpus(host, DeviceKind.CPU, 1)));
        awaitState(host, "Available");

        // When
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        Granted granted = awaitOne(Granted.class);

        // Then
        SignedOrder run = awaitOrders(host, 1).getLast();
        assertThat(wire.isGenuine(run)).isTrue();
        assertThat(MessageCodec.parse(run.order(), HostOrder.class))
                .isEqualTo(new HostOrder.RunWorkload(
                        host,
                        1,
                        granted.leaseId(),
                        rental,
                        1,
                        granted.grantedAt(),
                        granted.authorisedUntil(),
                        filon.contracts.value.Algorithm.SHA256D,
                        granted.gpuIds(),
                        Samples.order("opencl-cpu", 1).pools(),
                        List.of("127.0.0.1/32", "10.1.0.0/16")));
        assertThat(granted.authorisedUntil()).isEqualTo(granted.grantedAt().plus(Duration.ofHours(1)));
        assertThat(state(host)).isEqualTo("Reserved");

        // When
        wire.report(scene.workload(granted, WorkloadState.RUNNING, "hashing"));
        wire.report(scene.workload(granted, WorkloadState.RUNNING, "hashing"));

        // Then
        awaitState(host, "InService");
        WorkloadObserved observed = awaitOne(WorkloadObserved.class);
        assertThat(observed.state()).isEqualTo(WorkloadState.RUNNING);

        // When
        wire.say(new RentalNotice.Ending(rental, "asked by the customer"));

        // Then
        SignedOrder stop = awaitOrders(host, 2).getLast();
        assertThat(wire.isGenuine(stop)).isTrue();
        assertThat(MessageCodec.parse(stop.order(), HostOrder.class))
                .isEqualTo(new HostOrder.StopWorkload(host, 2, granted.leaseId(), rental, 1, "asked by the customer"));
        assertThat(wire.notices(rental, Ended.class)).isEmpty();

        // When
        wire.report(scene.workload(granted, WorkloadState.STOPPED, "asked by the customer"));

        // Then
        Ended ended = awaitOne(Ended.class);
        assertThat(ended.leaseId()).isEqualTo(granted.leaseId());
        assertThat(ended.epoch()).isEqualTo(1);
        assertThat(ended.reason()).isEqualTo("asked by the customer");
        awaitState(host, "Available");
        List<HostKnown> told = wire.notices(host, HostKnown.class);
        assertThat(told).extracting(HostKnown::version).isSorted().doesNotHaveDuplicates();
        assertThat(told.getLast().gpus().getFirst().leaseId()).isNull();
        assertThat(told)
                .extracting(HostKnown::state)
                .containsSubsequence(
                        "Enrolled",
                        "Verifying",
                        "Inspecting",
                        "BurningIn",
                        "Available",
                        "Reserved",
                        "InService",
                        "Available");
        assertThat(told.stream()
                        .filter(known -> known.state().equals("Available"))
                        .findFirst()
                        .orElseThrow()
                        .reason())
                .contains("burn-in waived");
    }

    @Test
    void customersHearOfMaintenanceBeforeTheDrainAndWhenItIsWithdrawn() {
        // Given
        HostId host = scene.available("fans", DeviceKind.CPU, 2);
        Instant startsAt = clock.instant().plusSeconds(60);
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        Granted granted = awaitOne(Granted.class);

        // When
        MaintenanceWindow window = windows.announce(host, new Announcement(startsAt, "new fans", "ola"));
        MaintenanceWindow second =
                windows.announce(host, new Announcement(startsAt.plusSeconds(60), "new disks", "ola"));
        windows.cancel(host, second.id(), "ola");
        RentalId late = Samples.rental();
        wire.say(new RentalNotice.Funded(late, Samples.order("opencl-cpu", 1)));

        // Then
        assertThat(awaitOne(MaintenanceWithdrawn.class))
                .isEqualTo(new MaintenanceWithdrawn(rental, granted.leaseId(), 1, second.id()));
        assertThat(wire.notices(rental, MaintenanceAnnounced.class))
                .extracting(
                        MaintenanceAnnounced::windowId, MaintenanceAnnounced::startsAt, MaintenanceAnnounced::reason)
                .containsExactly(
                        tuple(window.id(), startsAt, "new fans"),
                        tuple(second.id(), startsAt.plusSeconds(60), "new disks"));
        await().atMost(PATIENCE)
                .until(() -> !wire.notices(late, MaintenanceAnnounced.class).isEmpty());
        assertThat(wire.notices(late, MaintenanceAnnounced.class))
                .extracting(MaintenanceAnnounced::windowId)
                .containsExactly(window.id());
        assertThat(state(host)).isNotEqualTo("Draining");

        // When
        clock.advance(Duration.ofSeconds(60));

        // Then
        awaitState(host, "Draining");
        assertThat(wire.notices(rental, MaintenanceAnnounced.class)).hasSize(2);
    }

    /** The settings of these tests ask for no wipe: so {@link WipeJourneyTest} can fail. */
    @Test
    void withoutTheRuleAGpuGoesToTheNextCustomerUnwiped() {
        // Given
        HostId host = scene.available("unwiped", DeviceKind.CPU, 1);
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        Granted granted = awaitOne(Granted.class);
        wire.report(scene.workload(granted, WorkloadState.RUNNING, "hashing"));
        wire.say(new RentalNotice.Ending(rental, "asked by the customer"));
        awaitOrders(host, 2);
        RentalId next = Samples.rental();
        wire.say(new RentalNotice.Funded(next, Samples.order("opencl-cpu", 1)));

        // When
        wire.report(scene.workload(granted, WorkloadState.STOPPED, "asked by the customer"));

        // Then
        await().atMost(PATIENCE).until(() -> !wire.notices(next, Granted.class).isEmpty());
        assertThat(wire.notices(next, Granted.class).getFirst().gpuIds()).isEqualTo(granted.gpuIds());
    }

    @Test
    void secondAndLateMessagesChangeNothing() {
        // Given
        HostId host = scene.available("beta", DeviceKind.CPU, 2);
        Envelope funded = wire.envelope(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        Envelope suspended = wire.envelope(new RentalNotice.Suspended(rental, "balance spent"));
        Envelope fundedAgain = wire.envelope(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));

        // When
        wire.send(Topics.RENTAL_NOTICES, fundedAgain);
        wire.send(Topics.RENTAL_NOTICES, suspended);
        wire.send(Topics.RENTAL_NOTICES, funded);
        wire.send(Topics.RENTAL_NOTICES, fundedAgain);
        wire.send(Topics.RENTAL_NOTICES, suspended);
        Granted granted = awaitOne(Granted.class);
        wire.report(scene.workload(granted, WorkloadState.RUNNING, "hashing"));
        awaitOne(WorkloadObserved.class);

        // Then
        assertThat(wire.notices(rental, Granted.class)).hasSize(1);
        assertThat(wire.orders(host)).hasSize(1);
    }

    @Test
    void aRentalThatEndsBeforeItIsFundedIsNeverPlaced() {
        // Given
        scene.available("gamma", DeviceKind.CPU, 1);
        Envelope funded = wire.envelope(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        Envelope ending = wire.envelope(new RentalNotice.Ending(rental, "changed my mind"));

        // When
        wire.send(Topics.RENTAL_NOTICES, ending);
        wire.send(Topics.RENTAL_NOTICES, funded);
        wire.send(Topics.RENTAL_NOTICES, ending);
        RentalId later = Samples.rental();
        wire.say(new RentalNotice.Ending(later, "a mark behind the others"));
        await().atMost(PATIENCE).until(() -> wire.notices(later, Ended.class).size() == 1);

        // Then
        Ended ended = awaitOne(Ended.class);
        assertThat(ended.reason()).isEqualTo("never placed");
        assertThat(wire.notices(rental)).hasSize(1);
    }

    @Test
    void aSuspendedRentalComesBackUnderAHigherEpoch() {
        // Given
        HostId host = scene.available("delta", DeviceKind.CPU, 1);
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        Granted first = awaitOne(Granted.class);
        wire.say(new RentalNotice.Suspended(rental, "balance spent"));
        awaitOrders(host, 2);

        // When
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));

        // Then
        PlacementRefused refused = awaitOne(PlacementRefused.class);
        assertThat(refused.reasons()).containsExactlyInAnyOrderElementsOf(reasonsWithout(host, refused));

        // When
        wire.report(scene.workload(first, WorkloadState.STOPPED, "balance spent"));

        // Then
        await().atMost(PATIENCE).until(() -> wire.notices(rental, Granted.class).size() == 2);
        Granted second = wire.notices(rental, Granted.class).getLast();
        assertThat(second.epoch()).isEqualTo(2);
        assertThat(second.leaseId()).isNotEqualTo(first.leaseId());
        assertThat(wire.notices(rental, Ended.class)).extracting(Ended::leaseId).containsExactly(first.leaseId());
        assertThat(generations(host)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void refusalsAreToldOnceUntilTheyChange() {
        // When
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-gpu", 3)));
        awaitOne(PlacementRefused.class);
        scene.available("epsilon", DeviceKind.GPU, 2);

        // Then
        await().atMost(PATIENCE).until(() -> wire.notices(rental, PlacementRefused.class).stream()
                .anyMatch(refused ->
                        refused.reasons().contains("host epsilon: has 2 free devices of kind GPU, 3 are wanted")));
        List<PlacementRefused> told = wire.notices(rental, PlacementRefused.class);
        assertThat(told).doesNotHaveDuplicates();

        // When
        HostId large = scene.available("zeta", DeviceKind.GPU, 3);

        // Then
        assertThat(awaitOne(Granted.class).hostId()).isEqualTo(large);
    }

    @Test
    void gpusOfASilentHostStayBlockedUntilItsAuthorisationHasEnded() {
        // Given
        HostId host = scene.available("eta", DeviceKind.CPU, 1);
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        Granted granted = awaitOne(Granted.class);
        wire.say(new RentalNotice.Ending(rental, "asked"));
        awaitOrders(host, 2);

        // When
        clock.advance(Duration.ofMinutes(59));

        // Then
        await().atMost(PATIENCE).until(() -> reason(host).contains("offline"));
        assertThat(inventory.of(host)).noneMatch(InventoryGpu::isFree);
        assertThat(wire.notices(rental, Ended.class)).isEmpty();

        // When
        clock.advance(Duration.ofMinutes(2));

        // Then
        Ended ended = awaitOne(Ended.class);
        assertThat(ended.reason())
                .contains("asked", "silent", granted.authorisedUntil().toString());
        assertThat(inventory.of(host)).allMatch(InventoryGpu::isFree);
    }

    @Test
    void aHostThatObeyedAndKnowsNoWorkloadFreesItsGpus() {
        // Given
        HostId host = scene.available("theta", DeviceKind.CPU, 1);
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        awaitOne(Granted.class);
        wire.say(new RentalNotice.Ending(rental, "asked"));
        awaitOrders(host, 2);

        // When
        wire.report(scene.report(host, 2, Samples.gpus(host, DeviceKind.CPU, 1)));
        await().atMost(PATIENCE).until(() -> view(host).appliedGeneration() == 2);
        clock.advance(Duration.ofSeconds(31));

        // Then
        assertThat(awaitOne(Ended.class).reason()).contains("no workload of this lease");
    }

    @Test
    void anAuthorisationIsRenewedAtItsHalf() throws Exception {
        // Given
        HostId host = scene.available("iota", DeviceKind.CPU, 1);
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        Granted granted = awaitOne(Granted.class);

        // When
        clock.advance(Duration.ofMinutes(31));

        // Then
        SignedOrder renewal = awaitOrders(host, 2).getLast();
        HostOrder.RunWorkload run = (HostOrder.RunWorkload) MessageCodec.parse(renewal.order(), HostOrder.class);
        assertThat(run.leaseId()).isEqualTo(granted.leaseId());
        assertThat(run.epoch()).isEqualTo(1);
        assertThat(run.generation()).isEqualTo(2);
        assertThat(run.authorisedUntil())
                .isAfterOrEqualTo(granted.authorisedUntil().plus(Duration.ofMinutes(31)));
        assertThat(wire.notices(rental, Granted.class)).hasSize(1);
    }

    private List<String> reasonsWithout(HostId host, PlacementRefused refused) {
        assertThat(refused.reasons())
                .anyMatch(reason ->
                        reason.equals("host " + view(host).name() + ": has 0 free devices of kind CPU, 1 are wanted"));
        return refused.reasons();
    }

    private <T extends LeaseNotice> T awaitOne(Class<T> type) {
        Supplier<List<T>> notices = () -> wire.notices(rental, type);
        await().atMost(PATIENCE).until(() -> !notices.get().isEmpty());
        return notices.get().getFirst();
    }

    private List<SignedOrder> awaitOrders(HostId host, int count) {
        await().atMost(PATIENCE).until(() -> wire.orders(host).size() >= count);
        return wire.orders(host);
    }

    private List<Long> generations(HostId host) {
        return awaitOrders(host, 3).stream()
                .map(order -> {
                    try {
                        return MessageCodec.parse(order.order(), HostOrder.class)
                                .generation();
                    } catch (filon.plumbing.codec.UnusableMessageException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private void awaitState(HostId host, String state) {
        await().atMost(PATIENCE).until(() -> state(host).equals(state));
    }

    private String state(HostId host) {
        return view(host).state();
    }

    private String reason(HostId host) {
        return view(host).reason();
    }

    private HostView view(HostId host) {
        return fleet.find(host).orElseThrow();
    }
}

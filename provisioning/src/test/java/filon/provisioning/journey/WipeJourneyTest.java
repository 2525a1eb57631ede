package filon.provisioning.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.contracts.message.FleetReport.WipeReported;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.LeaseNotice.Ended;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.PlacementRefused;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.Topics;
import filon.contracts.message.WipeState;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.provisioning.AsShipped;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.Wire;
import filon.provisioning.fleet.Fleet;
import filon.provisioning.fleet.HostView;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.Hosts;
import filon.provisioning.lease.Wipes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the end of one customer's lease to the beginning of the next one's on the same GPU. */
@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
@TestProfile(AsShipped.class)
class WipeJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Scene scene;

    @Inject
    Wire wire;

    @Inject
    Fleet fleet;

    @Inject
    Hosts hosts;

    @Inject
    Wipes wipes;

    @Inject
    MovableClock clock;

    private final RentalId rental = Samples.rental();
    private final RentalId next = Samples.rental();

    @BeforeEach
    void clear() {
        scene.clear();
    }

    @Test
    void aGpuGoesToTheNextCustomerOnlyWhenItsHostSaysThatItIsWiped() {
        // Given
        HostId host = tried("wipe-alpha", 1);
        Granted granted = working(1);
        stopped(granted);
        wire.say(new RentalNotice.Funded(next, Samples.order("opencl-cpu", 1)));

        // When
        awaitOne(next, PlacementRefused.class);

        // Then
        assertThat(wire.notices(rental, Ended.class)).singleElement();
        assertThat(wire.notices(next, Granted.class)).isEmpty();
        assertThat(view(host).state()).isEqualTo("InService");

        // When
        WipeReported wiped = wiped(granted, gpu(host, 0), WipeState.WIPED, "no word differs");
        wire.report(wiped);
        wire.report(wiped);

        // Then
        assertThat(awaitOne(next, Granted.class).gpuIds()).containsExactly(gpu(host, 0));
    }

    @Test
    void aWipeSaysThatTheWorkloadHasStoppedAndEachGpuOfALeaseNeedsItsOwn() {
        // Given
        HostId host = tried("wipe-beta", 2);
        Granted granted = working(2);
        wire.say(new RentalNotice.Ending(rental, "asked by the customer"));
        await().atMost(PATIENCE).until(() -> wire.orders(host).size() == 2);

        // When
        wire.report(wiped(granted, gpu(host, 0), WipeState.WIPED, "no word differs"));
        wire.say(new RentalNotice.Funded(next, Samples.order("opencl-cpu", 1)));
        awaitOne(next, PlacementRefused.class);

        // Then
        assertThat(wire.notices(rental, Ended.class)).isEmpty();

        // When
        wire.report(scene.workload(granted, gpu(host, 1), WorkloadState.STOPPED, "asked by the customer"));

        // Then
        awaitOne(rental, Ended.class);
        assertThat(awaitOne(next, Granted.class).gpuIds()).containsExactly(gpu(host, 0));
        assertThat(view(host).gpus().getLast().leaseId()).isEqualTo(granted.leaseId());
    }

    @Test
    void aHostThatCouldNotWipeIsSetAsideUntilABurnInPassed() {
        // Given
        HostId host = tried("wipe-gamma", 1);
        Granted granted = working(1);
        stopped(granted);

        // When
        wire.report(wiped(granted, gpu(host, 0), WipeState.FAILED, "exit code 5: 3 words differ"));
        awaitState(host, "Quarantined");

        // Then
        assertThat(view(host).reason())
                .contains("GPU " + gpu(host, 0) + " is not wiped after lease " + granted.leaseId(), "3 words differ");
        wire.say(new RentalNotice.Funded(next, Samples.order("opencl-cpu", 1)));
        awaitOne(next, PlacementRefused.class);
        wire.report(wiped(granted, gpu(host, 0), WipeState.WIPED, "now it worked"));

        // When
        clock.advance(Duration.ofSeconds(5));
        hosts.decide(host, new HostEvent.Readmitted("the card was replaced (ola)"));
        assertThat(wire.notices(next, Granted.class)).isEmpty();
        hosts.reported(scene.report(host, 1, Samples.gpus(host, DeviceKind.CPU, 1)));
        pass(host);

        // Then
        awaitOne(next, Granted.class);
    }

    @Test
    void aHostThatDoesNotSayInTimeWhetherItWipedIsSetAside() {
        // Given
        HostId host = tried("wipe-delta", 1);
        Granted granted = working(1);
        stopped(granted);

        // When
        clock.advance(Duration.ofMinutes(10));
        hosts.reported(scene.report(host, 2, Samples.gpus(host, DeviceKind.CPU, 1)));
        awaitState(host, "Quarantined");

        // Then
        assertThat(view(host).reason())
                .contains("GPU " + gpu(host, 0) + " not wiped within 10 minutes after lease " + granted.leaseId());
        assertThat(view(host).gpus().getFirst().leaseId()).isNull();
        assertThat(wipes.overdue()).isEmpty();
    }

    @Test
    void whatIsNotTheHostsOwnWipeOrComesTooEarlyFreesNothing() {
        // Given
        HostId host = tried("wipe-epsilon", 1);
        HostId liar = tried("wipe-zeta", 1);
        Granted granted = working(1);
        HostId worker = granted.hostId();
        HostId other = worker.equals(host) ? liar : host;
        int buried = wire.records(Topics.DEAD_LETTERS).size();

        // When
        wire.report(new WipeReported(
                other,
                1,
                granted.leaseId(),
                gpu(worker, 0),
                WipeState.WIPED,
                "mine",
                clock.instant(),
                clock.instant()));
        wire.report(wiped(granted, gpu(worker, 0), WipeState.WIPED, "while the lease works"));
        await().atMost(PATIENCE).until(() -> wire.records(Topics.DEAD_LETTERS).size() > buried);
        stopped(granted);

        // Then
        assertThat(view(worker).gpus().getFirst().leaseId()).isEqualTo(granted.leaseId());
    }

    @Test
    void aHostThatObeyedTheStopBeforeItNamedAWorkloadHasNothingToWipe() {
        // Given
        HostId host = tried("wipe-eta", 1);
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", 1)));
        awaitOne(rental, Granted.class);
        wire.say(new RentalNotice.Ending(rental, "asked by the customer"));
        await().atMost(PATIENCE).until(() -> wire.orders(host).size() == 2);

        // When
        wire.report(scene.report(host, 2, Samples.gpus(host, DeviceKind.CPU, 1)));
        await().atMost(PATIENCE).until(() -> view(host).appliedGeneration() == 2);
        clock.advance(Duration.ofSeconds(31));

        // Then
        awaitOne(rental, Ended.class);
        await().atMost(PATIENCE).until(() -> view(host).gpus().getFirst().leaseId() == null);
    }

    /** A host whose devices were tried, as far as leases are concerned. */
    private HostId tried(String name, int gpus) {
        HostId host = scene.enrol(name).id();
        hosts.reported(scene.report(host, 0, Samples.gpus(host, DeviceKind.CPU, gpus)));
        pass(host);
        return host;
    }

    private void pass(HostId host) {
        hosts.apply(host, new HostEvent.BurnInPassed("passed"));
        assertThat(view(host).state()).isEqualTo("Available");
    }

    private Granted working(int gpus) {
        wire.say(new RentalNotice.Funded(rental, Samples.order("opencl-cpu", gpus)));
        Granted granted = awaitOne(rental, Granted.class);
        granted.gpuIds().forEach(gpu -> wire.report(scene.workload(granted, gpu, WorkloadState.RUNNING, "hashing")));
        awaitState(granted.hostId(), "InService");
        return granted;
    }

    private void stopped(Granted granted) {
        wire.say(new RentalNotice.Ending(rental, "asked by the customer"));
        await().atMost(PATIENCE).until(() -> wire.orders(granted.hostId()).size() == 2);
        wire.report(scene.workload(granted, WorkloadState.STOPPED, "asked by the customer"));
        awaitOne(rental, Ended.class);
    }

    private WipeReported wiped(Granted granted, GpuId gpu, WipeState state, String detail) {
        return new WipeReported(
                granted.hostId(), 1, granted.leaseId(), gpu, state, detail, clock.instant(), clock.instant());
    }

    private <T extends LeaseNotice> T awaitOne(RentalId of, Class<T> type) {
        await().atMost(PATIENCE).until(() -> !wire.notices(of, type).isEmpty());
        return wire.notices(of, type).getFirst();
    }

    private static GpuId gpu(HostId host, int number) {
        return Samples.gpus(host, DeviceKind.CPU, number + 1).get(number).gpuId();
    }

    private void awaitState(HostId host, String state) {
        await().atMost(PATIENCE).until(() -> view(host).state().equals(state));
    }

    private HostView view(HostId host) {
        return fleet.find(host).orElseThrow();
    }
}

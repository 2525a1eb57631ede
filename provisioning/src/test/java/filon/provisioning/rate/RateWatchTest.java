package filon.provisioning.rate;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.FleetReport.WorkloadReported;
import filon.contracts.message.LeaseNotice.Granted;
import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.provisioning.MovableClock;
import filon.provisioning.Samples;
import filon.provisioning.Scene;
import filon.provisioning.TestPlatform;
import filon.provisioning.database.Database;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.GpuHealth;
import filon.provisioning.inventory.GpuReason;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.lease.Leases;
import filon.provisioning.placement.Placements;
import filon.provisioning.safety.Automation;
import filon.provisioning.safety.Safety;
import filon.provisioning.standing.Actor;
import filon.provisioning.standing.Subject;
import filon.provisioning.standing.Transition;
import filon.provisioning.standing.TransitionRequest;
import filon.provisioning.standing.Transitions;
import filon.provisioning.workload.Workloads;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
class RateWatchTest {
    private static final Duration APART = Duration.ofSeconds(10);
    private static final int A_QUARTER_OF_AN_HOUR = 91;

    @Inject
    Scene scene;

    @Inject
    Placements placements;

    @Inject
    Leases leases;

    @Inject
    Workloads workloads;

    @Inject
    Inventory inventory;

    @Inject
    Transitions transitions;

    @Inject
    Safety safety;

    @Inject
    Database database;

    @Inject
    MovableClock clock;

    private Granted granted;
    private Instant runningSince;
    private Instant now;

    @BeforeEach
    void aHostThatHashes() {
        scene.clear();
        HostId host = scene.available("slow", DeviceKind.CPU, 1);
        RentalId rental = Samples.rental();
        placements.fund(rental, Samples.order("opencl-cpu", 1), 1);
        granted = leases.unended(rental).getFirst().granted();
        inventory.measured(
                gpu(),
                new MeasuredRate(
                        Algorithm.SHA256D, HashRate.of(1_000), HashRate.of(900), HashRate.of(1_100), clock.instant()));
        // reports may be old, so that no clock has to be moved on and no host falls silent
        runningSince = clock.instant().minus(Duration.ofHours(2));
        now = runningSince.plus(Duration.ofMinutes(6));
        assertThat(host).isEqualTo(granted.hostId());
    }

    @Test
    void aDeviceThatHashesTooLittleForAQuarterOfAnHourIsDegradedAndStaysSoUntilABurnIn() {
        // When
        hashes(700, A_QUARTER_OF_AN_HOUR);

        // Then
        assertThat(health().state().label()).isEqualTo("Degraded");
        assertThat(health().code()).isEqualTo(GpuReason.RATE_FALLEN);
        assertThat(health().reason())
                .startsWith(
                        "hashes 700 H/s of sha256d, its burn-in measured 1.00 kH/s: more than 20 % less in each of 91");
        Transition newest = transitions
                .of(Subject.of(gpu()), TransitionRequest.of("1", null))
                .items()
                .getFirst()
                .transition();
        assertThat(newest.from()).contains("Healthy");
        assertThat(newest.actor()).isEqualTo(Actor.automation("slow-gpus"));

        // When
        hashes(1_000, A_QUARTER_OF_AN_HOUR);

        // Then
        assertThat(health().state().label()).isEqualTo("Degraded");

        // When
        inventory.apply(gpu(), new GpuEvent.BurnInPassed("as fast as before"));
        hashes(700, A_QUARTER_OF_AN_HOUR - 1);

        // Then
        assertThat(health().state().label()).isEqualTo("Healthy");
    }

    @Test
    void oneFastReportInAQuarterOfAnHourKeepsADeviceHealthy() {
        // When
        hashes(700, A_QUARTER_OF_AN_HOUR - 1);
        hashes(800, 1);
        hashes(700, A_QUARTER_OF_AN_HOUR - 1);

        // Then
        assertThat(health().state().label()).isEqualTo("Healthy");
    }

    @Test
    void aPauseAndReportsWithoutAMeasurementProveNothing() {
        // When
        hashes(700, A_QUARTER_OF_AN_HOUR - 1);
        hashes(0, 7);
        hashes(700, A_QUARTER_OF_AN_HOUR - 1);

        // Then
        assertThat(health().state().label()).isEqualTo("Healthy");
    }

    @Test
    void aPausedAutomationMarksNothingUntilAPersonReleasesIt() {
        // Given
        database.write(
                "insert into automation_pause (automation, since, reason) values ('slow-gpus', now(), 'too many')");

        // When
        hashes(700, A_QUARTER_OF_AN_HOUR + 1);

        // Then
        assertThat(health().state().label()).isEqualTo("Healthy");

        // When
        safety.release(Automation.SLOW_GPUS, "they are really slow (ola)");
        hashes(700, 1);

        // Then
        assertThat(health().state().label()).isEqualTo("Degraded");
    }

    private void hashes(long hashesPerSecond, int reports) {
        for (int i = 0; i < reports; i++) {
            now = now.plus(APART);
            assertThat(workloads.reported(report(hashesPerSecond))).isEmpty();
        }
    }

    private WorkloadReported report(long hashesPerSecond) {
        return new WorkloadReported(
                granted.hostId(),
                1,
                granted.rentalId(),
                granted.leaseId(),
                granted.epoch(),
                1,
                gpu(),
                WorkloadState.RUNNING,
                "hashing",
                runningSince,
                HashRate.of(hashesPerSecond),
                0,
                0,
                0,
                now);
    }

    private GpuId gpu() {
        return granted.gpuIds().getFirst();
    }

    private GpuHealth health() {
        return inventory.of(granted.hostId()).stream()
                .filter(gpu -> gpu.id().equals(gpu()))
                .map(InventoryGpu::health)
                .findFirst()
                .orElseThrow();
    }
}

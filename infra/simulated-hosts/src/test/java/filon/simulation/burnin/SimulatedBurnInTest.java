package filon.simulation.burnin;

import static org.assertj.core.api.Assertions.assertThat;

import filon.agent.burnin.BurnInRecord;
import filon.agent.burnin.BurnIns;
import filon.agent.burnin.Surroundings;
import filon.agent.disk.Disk;
import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetReport.BurnInBenchmark;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.mining.device.DeviceSelector;
import filon.simulation.device.DeviceMake;
import filon.simulation.device.SimulatedDevice;
import filon.simulation.fault.Episode;
import filon.simulation.fault.Fate;
import filon.simulation.fault.FaultKind;
import filon.simulation.workload.SimulationTime;
import filon.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's own burn-ins on simulated devices, in a time that the test moves. */
class SimulatedBurnInTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final DeviceMake MAKE = DeviceMake.ofHost(1);
    private static final long NOMINAL = MAKE.nominal().get(Algorithm.SHA256D).hashesPerSecond();
    private static final HostId HOST = HostId.of(new UUID(0, 1));
    private static final GpuId FIRST = GpuId.of(HOST + "-0");
    private static final GpuId SECOND = GpuId.of(HOST + "-1");
    private static final RunBurnIn ORDER = new RunBurnIn(
            HOST,
            1,
            BurnInId.of(new UUID(0, 2)),
            START.plus(Duration.ofHours(1)),
            List.of(FIRST, SECOND),
            List.of(Algorithm.SHA256D),
            2);

    private final MovableClock clock = new MovableClock(START);
    private long nanos = 5_000_000_000L;
    private boolean diskIsFull;
    private SimulatedBurnInLauncher launcher;
    private BurnIns burnIns;

    @TempDir
    Path home;

    @Test
    void measuresEveryDeviceWithItsSpread() throws IOException {
        // When
        BurnInRecord burnIn = after(60, Fate.KIND);

        // Then
        assertThat(burnIn.state()).isEqualTo(BurnInState.PASSED);
        assertThat(burnIn.endedAt()).hasValueSatisfying(end -> assertThat(end).isAfter(burnIn.startedAt()));
        assertThat(burnIn.devices()).extracting(BurnInDevice::gpuId).containsExactly(FIRST, SECOND);
        assertThat(burnIn.devices()).allSatisfy(device -> {
            BurnInBenchmark benchmark = device.benchmarks().getFirst();
            assertThat(benchmark.runs()).isEqualTo(5);
            assertThat(benchmark.low().hashesPerSecond())
                    .isLessThan(benchmark.median().hashesPerSecond());
            assertThat(benchmark.high().hashesPerSecond())
                    .isGreaterThan(benchmark.median().hashesPerSecond());
            assertThat(median(device)).isBetween(NOMINAL * 99 / 100, NOMINAL * 101 / 100);
        });
    }

    @Test
    void measuresASlowDeviceFarBelowItsNeighbour() throws IOException {
        // When
        BurnInRecord burnIn = after(60, fate(FaultKind.SLOW, FOR_EVER));

        // Then
        assertThat(burnIn.state()).isEqualTo(BurnInState.PASSED);
        assertThat(median(burnIn.devices().getFirst()))
                .isLessThan(median(burnIn.devices().getLast()) / 3);
    }

    @Test
    void findsADeviceThatComputesWrongAndSaysWhich() throws IOException {
        // When
        BurnInRecord burnIn = after(60, fate(FaultKind.WRONG_HASHES, FOR_EVER));

        // Then
        assertThat(burnIn.state()).isEqualTo(BurnInState.FAILED);
        assertThat(burnIn.progress()).contains("GPU " + FIRST + ": known answers: sha256d");
        assertThat(burnIn.devices()).extracting(BurnInDevice::passed).containsExactly(false, true);
        assertThat(burnIn.devices().getFirst().benchmarks()).isEmpty();
    }

    @Test
    void findsADeviceThatIsLost() throws IOException {
        // When
        BurnInRecord burnIn = after(60, fate(FaultKind.LOST_GPU, FOR_EVER));

        // Then
        assertThat(burnIn.state()).isEqualTo(BurnInState.FAILED);
        assertThat(burnIn.progress()).contains("GPU " + FIRST + ": device: it is not there any more");
    }

    @Test
    void waitsForADeviceThatHangsAndPassesOnceItGoesOn() throws IOException {
        // Given
        open(fate(FaultKind.HUNG, Duration.ofSeconds(90)));

        // When
        BurnInRecord meanwhile = pass(60);
        BurnInRecord later = pass(60);

        // Then
        assertThat(meanwhile.state()).isEqualTo(BurnInState.RUNNING);
        assertThat(meanwhile.progress()).isEqualTo("waiting for a batch that does not end");
        assertThat(later.state()).isEqualTo(BurnInState.PASSED);
    }

    @Test
    void failsWhenADeviceHangsPastTheOrder() throws IOException {
        // Given
        open(fate(FaultKind.HUNG, FOR_EVER));

        // When
        pass(10);
        clock.advance(Duration.ofHours(2));
        BurnInRecord burnIn = pass(2);

        // Then
        assertThat(burnIn.state()).isEqualTo(BurnInState.FAILED);
        assertThat(burnIn.progress()).contains("it was not over by", "waiting for a batch that does not end");
    }

    @Test
    void failsWhenTheDiskTakesNoMore() throws IOException {
        // Given
        open(Fate.KIND);
        pass(3);

        // When
        diskIsFull = true;
        BurnInRecord burnIn = pass(20);

        // Then
        assertThat(burnIn.state()).isEqualTo(BurnInState.FAILED);
        assertThat(burnIn.progress()).contains("GPU " + FIRST + " was not tried to the end", "code 1");
    }

    private BurnInRecord after(int seconds, Fate fate) throws IOException {
        open(fate);
        return pass(seconds);
    }

    private void open(Fate fate) throws IOException {
        Disk disk = bytes -> {
            if (diskIsFull) {
                throw new IOException("No space left on device");
            }
        };
        List<SimulatedDevice> devices = List.of(new SimulatedDevice(MAKE, 0, fate), new SimulatedDevice(MAKE, 1, fate));
        SimulationTime time = new SimulationTime(() -> nanos, nanos, clock);
        launcher = new SimulatedBurnInLauncher(devices, time, disk);
        burnIns = BurnIns.open(home, launcher, clock);
    }

    private BurnInRecord pass(int seconds) throws IOException {
        Surroundings idle = new Surroundings(Map.of(FIRST, selector(0), SECOND, selector(1)), Map.of(), Set.of());
        for (int i = 0; i < seconds; i++) {
            nanos += STEP.toNanos();
            clock.advance(STEP);
            launcher.step(STEP);
            burnIns.round(Optional.of(ORDER), idle);
        }
        return burnIns.newest().orElseThrow();
    }

    private static DeviceSelector selector(int index) {
        return DeviceSelector.of(new SimulatedDevice(MAKE, index, Fate.KIND).description());
    }

    private static Fate fate(FaultKind kind, Duration until) {
        return new Fate(List.of(new Episode(kind, Duration.ZERO, until, 0, 0.5)));
    }

    private static long median(BurnInDevice device) {
        return device.benchmarks().getFirst().median().hashesPerSecond();
    }
}

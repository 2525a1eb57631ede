package filon.simulation.workload;

import static org.assertj.core.api.Assertions.assertThat;

import filon.agent.disk.Disk;
import filon.agent.engine.EngineRun;
import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.device.DeviceSelector;
import filon.mining.engine.MiningState;
import filon.mining.workload.Authorisation;
import filon.mining.workload.MeterLog;
import filon.mining.workload.MeterRecord;
import filon.mining.workload.ProcessRecord;
import filon.mining.workload.ShareProof;
import filon.mining.workload.WorkloadDirectory;
import filon.mining.workload.WorkloadExit;
import filon.mining.workload.WorkloadSpecification;
import filon.simulation.device.DeviceMake;
import filon.simulation.device.SimulatedDevice;
import filon.simulation.fault.Episode;
import filon.simulation.fault.Fate;
import filon.simulation.fault.FaultKind;
import filon.testkit.MovableClock;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launcher and its workloads in a time that the test moves. */
class SimulatedWorkloadTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private final MovableClock clock = new MovableClock(START);
    private long nanos = 5_000_000_000L;
    private boolean diskIsFull;
    private Duration age = Duration.ZERO;
    private SimulatedDevice device = device(Fate.KIND);

    @TempDir
    Path folder;

    @BeforeEach
    void order() throws IOException {
        WorkloadDirectory directory = new WorkloadDirectory(folder);
        directory.write(new WorkloadSpecification(
                LeaseId.of(UUID.randomUUID()),
                1,
                GpuId.of("gpu-1"),
                DeviceSelector.of(device(Fate.KIND).description()),
                Algorithm.SHA256D,
                List.of(new Pool(PoolAddress.of("stratum+tcp://127.0.0.1:3333"), "user", "")),
                List.of(),
                OptionalDouble.empty()));
        directory.write(new Authorisation(START.plus(Duration.ofHours(1))));
    }

    @Test
    void metersItsRunningTimeWithoutGapOrOverlap() throws IOException {
        // Given
        SimulatedLauncher launcher = launcher(Fate.KIND);
        EngineRun workload = launcher.launch(folder);

        // When
        pass(launcher, 60);
        workload.askToEnd();
        pass(launcher, 1);

        // Then
        List<MeterRecord> records = records();
        for (int i = 1; i < records.size(); i++) {
            assertThat(records.get(i).fromNanos()).isEqualTo(records.get(i - 1).toNanos());
            assertThat(records.get(i).n()).isEqualTo(records.get(i - 1).n() + 1);
        }
        long running = records.stream()
                .filter(record -> record.state() == MiningState.RUNNING)
                .mapToLong(record -> record.toNanos() - record.fromNanos())
                .sum();
        assertThat(Duration.ofNanos(running)).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
        assertThat(records.getLast().isFinal()).isTrue();
        assertThat(workload.exitCode()).hasValue(WorkloadExit.ASKED.code());
    }

    @Test
    void findsSharesWhoseHashesMeetTheirTargets() throws Exception {
        // Given
        SimulatedLauncher launcher = launcher(Fate.KIND);
        launcher.launch(folder);

        // When
        pass(launcher, 100);

        // Then
        List<ShareProof> shares =
                records().stream().flatMap(record -> record.shares().stream()).toList();
        assertThat(shares).hasSizeGreaterThan(8).allSatisfy(share -> {
            BigInteger target = new BigInteger(share.target(), 16);
            assertThat(hash(share)).isLessThanOrEqualTo(target);
            assertThat(target.bitLength()).isLessThanOrEqualTo(256 - 8);
        });
        assertThat(shares).extracting(ShareProof::header).doesNotHaveDuplicates();
        assertThat(records().getLast().accepted()).isEqualTo(shares.size());
    }

    @Test
    void countsOnWhereItsPredecessorEnded() throws IOException {
        // Given
        SimulatedLauncher launcher = launcher(Fate.KIND);
        launcher.launch(folder).kill();
        pass(launcher, 1);
        EngineRun second = launcher.launch(folder);
        pass(launcher, 30);
        second.askToEnd();
        pass(launcher, 1);
        MeterRecord last = records().getLast();

        // When
        launcher.launch(folder);
        pass(launcher, 30);

        // Then
        MeterRecord newest = records().getLast();
        assertThat(newest.hashes()).isGreaterThan(last.hashes());
        assertThat(newest.accepted()).isGreaterThan(last.accepted());
        assertThat(records().stream().flatMap(record -> record.shares().stream()))
                .extracting(ShareProof::header)
                .doesNotHaveDuplicates();
    }

    @Test
    void endsWithTheWordOfTheEngineWhenTheDeviceComputesWrongAnswers() throws IOException {
        assertThat(exitOn(FaultKind.WRONG_HASHES)).isEqualTo(WorkloadExit.DEVICE_WRONG.code());
        assertThat(records()).noneMatch(record -> record.state() == MiningState.RUNNING);
    }

    @Test
    void endsWhenItsDeviceIsGone() throws IOException {
        assertThat(exitOn(FaultKind.LOST_GPU)).isEqualTo(WorkloadExit.DEVICE.code());
    }

    @Test
    void stallsThenEndsWhenItsDeviceHangs() throws IOException {
        // Given
        Duration hangsAt = Duration.ofSeconds(20);
        SimulatedLauncher launcher = launcher(fate(FaultKind.HUNG, hangsAt));
        EngineRun workload = launcher.launch(folder);

        // When
        pass(launcher, 60);

        // Then
        assertThat(workload.exitCode()).hasValue(WorkloadExit.DEVICE.code());
        assertThat(records().getLast().state()).isEqualTo(MiningState.STALLED);
        Duration lived = Duration.ofNanos(
                records().getLast().toNanos() - records().getFirst().fromNanos());
        assertThat(lived).isBetween(hangsAt.plusSeconds(10), hangsAt.plusSeconds(14));
    }

    @Test
    void metersTheHeatAndTheLowerRateOfADeviceThatIsCooledBadly() throws IOException {
        // Given
        SimulatedLauncher launcher = launcher(fate(FaultKind.THERMAL_THROTTLE, Duration.ofSeconds(60)));
        launcher.launch(folder);
        pass(launcher, 60);
        MeterRecord cool = records().getLast();

        // When
        pass(launcher, 240);

        // Then
        MeterRecord hot = records().getLast();
        assertThat(cool.temperatureCelsius().orElseThrow()).isLessThan(70);
        assertThat(hot.temperatureCelsius().orElseThrow()).isGreaterThan(90);
        assertThat(hot.hashRate()).isLessThan(cool.hashRate() * 2 / 3);
        assertThat(hot.state()).isEqualTo(MiningState.RUNNING);
        assertThat(hot.sensors().orElseThrow().fanPercent()).isEqualTo(100);
    }

    @Test
    void goesOnAtTheNextStartOnceTheDiskHasRoomAgain() throws IOException {
        // Given
        SimulatedLauncher launcher = launcher(Fate.KIND);
        diskIsFull = true;
        EngineRun first = launcher.launch(folder);
        pass(launcher, 10);

        // When
        diskIsFull = false;
        EngineRun second = launcher.launch(folder);
        pass(launcher, 10);

        // Then
        assertThat(first.exitCode()).hasValue(WorkloadExit.FAULT.code());
        assertThat(second.isAlive()).isTrue();
        assertThat(records().getLast().state()).isEqualTo(MiningState.RUNNING);
    }

    @Test
    void endsWithAFaultWhenTheDiskTakesNoMore() throws IOException {
        // Given
        SimulatedLauncher launcher = launcher(Fate.KIND);
        EngineRun workload = launcher.launch(folder);
        pass(launcher, 20);

        // When
        diskIsFull = true;
        pass(launcher, 10);

        // Then
        assertThat(workload.exitCode()).hasValue(WorkloadExit.FAULT.code());
    }

    @Test
    void endsWithItsAuthorisation() throws IOException {
        // Given
        new WorkloadDirectory(folder).write(new Authorisation(START.plusSeconds(20)));
        SimulatedLauncher launcher = launcher(Fate.KIND);
        EngineRun workload = launcher.launch(folder);

        // When
        pass(launcher, 25);

        // Then
        assertThat(workload.exitCode()).hasValue(WorkloadExit.AUTHORISATION_EXPIRED.code());
    }

    @Test
    void isFoundByItsRecordWhileItLives() throws IOException {
        // Given
        SimulatedLauncher launcher = launcher(Fate.KIND);
        EngineRun workload = launcher.launch(folder);
        ProcessRecord record = new WorkloadDirectory(folder).process().orElseThrow();

        // When
        boolean wasFound = launcher.find(record).isPresent();
        workload.kill();
        pass(launcher, 1);

        // Then
        assertThat(wasFound).isTrue();
        assertThat(launcher.find(record)).isEmpty();
        assertThat(workload.exitCode()).hasValue(137);
    }

    @Test
    void isNotTakenForOneOfAnEarlierFleetWithItsNumber() throws IOException {
        // Given
        SimulatedLauncher launcher = launcher(Fate.KIND);
        EngineRun workload = launcher.launch(folder);

        // When
        ProcessRecord earlier = new ProcessRecord(workload.record().pid(), START.minusSeconds(60));

        // Then
        assertThat(launcher.find(earlier)).isEmpty();
    }

    private int exitOn(FaultKind kind) throws IOException {
        SimulatedLauncher launcher = launcher(fate(kind, Duration.ZERO));
        EngineRun workload = launcher.launch(folder);
        pass(launcher, 10);
        return workload.exitCode().orElseThrow();
    }

    private static Fate fate(FaultKind kind, Duration from) {
        return new Fate(List.of(new Episode(kind, from, FOR_EVER, 0, 0.5)));
    }

    private SimulatedLauncher launcher(Fate fate) {
        device = device(fate);
        Disk disk = bytes -> {
            if (diskIsFull) {
                throw new IOException("No space left on device");
            }
        };
        return new SimulatedLauncher(
                List.of(device),
                new SimulationTime(() -> nanos, nanos, clock),
                new SimulatedLauncher.Setting(disk, "boot"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    private static SimulatedDevice device(Fate fate) {
        return new SimulatedDevice(DeviceMake.ofHost(1), 0, fate);
    }

    private void pass(SimulatedLauncher launcher, int seconds) {
        for (int i = 0; i < seconds; i++) {
            nanos += STEP.toNanos();
            clock.advance(STEP);
            age = age.plus(STEP);
            device.step(age, STEP, launcher.step(STEP).contains(device));
        }
    }

    private List<MeterRecord> records() throws IOException {
        return MeterLog.read(folder.resolve("meter.jsonl"), 0).records();
    }

    private static BigInteger hash(ShareProof share) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] hash = sha256.digest(sha256.digest(HexFormat.of().parseHex(share.header())));
            byte[] reversed = new byte[hash.length];
            for (int i = 0; i < hash.length; i++) {
                reversed[i] = hash[hash.length - 1 - i];
            }
            return new BigInteger(1, reversed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package filon.agent.burnin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import filon.agent.control.ControlPlane;
import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetReport.BurnInBenchmark;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.mining.burnin.FakeBurnInMain;
import filon.mining.device.DeviceSelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes that burn nothing in. */
class BurnInsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final HostId HOST = HostId.of(new UUID(0, 1));
    private static final GpuId FIRST = GpuId.of(HOST + "-0");
    private static final GpuId SECOND = GpuId.of(HOST + "-1");
    private static final Surroundings IDLE = new Surroundings(
            Map.of(FIRST, new DeviceSelector(0, "", "", ""), SECOND, new DeviceSelector(1, "", "", "")),
            Map.of(),
            Set.of());

    @TempDir
    Path home;

    private BurnIns burnIns;

    @BeforeEach
    void open() throws IOException {
        burnIns = opened();
    }

    @AfterEach
    void endWhatStillRuns() {
        burnIns.end();
    }

    @Test
    void keepsWhatEveryDeviceWasFoundToBe() throws IOException {
        // When
        awaitOver(order(FakeBurnInMain.PASSES));

        // Then
        BurnInRecord record = newest();
        assertThat(record.state()).isEqualTo(BurnInState.PASSED);
        assertThat(record.progress()).isEqualTo("2 devices passed");
        assertThat(record.devices()).extracting(BurnInDevice::gpuId).containsExactly(FIRST, SECOND);
        assertThat(record.devices()).allSatisfy(device -> assertThat(device.benchmarks())
                .containsExactly(new BurnInBenchmark(
                        Algorithm.SHA256D, HashRate.of(200), HashRate.of(100), HashRate.of(300), 3, 3)));
        assertThat(burnIns.gpus()).isEmpty();
    }

    @Test
    void saysWhichCheckOfWhichDeviceFailed() throws IOException {
        // When
        awaitOver(order(FakeBurnInMain.FAILS));

        // Then
        assertThat(newest().state()).isEqualTo(BurnInState.FAILED);
        assertThat(newest().progress()).contains("GPU " + FIRST + ": memory: 1 words differ");
    }

    @Test
    void aChildThatCrashesHasFailedWithItsLastWords() throws IOException {
        // When
        awaitOver(order(FakeBurnInMain.CRASHES));

        // Then
        assertThat(newest().state()).isEqualTo(BurnInState.FAILED);
        assertThat(newest().progress())
                .contains("GPU " + SECOND + " was not tried to the end", "code 139: the driver crashed");
    }

    @Test
    void holdsItsDevicesAndTellsHowFarItIs() throws IOException {
        // When
        RunBurnIn hanging = order(FakeBurnInMain.HANGS);
        awaitProgress(hanging, "run 1 of 5");

        // Then
        assertThat(newest().state()).isEqualTo(BurnInState.RUNNING);
        assertThat(burnIns.gpus()).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void aChildThatIsNotDoneInTimeIsKilledAndHasFailed() throws IOException {
        // Given
        RunBurnIn hanging = order(FakeBurnInMain.HANGS, Instant.now().plusSeconds(4));
        awaitProgress(hanging, "run 1 of 5");

        // When
        awaitOver(hanging);

        // Then
        assertThat(newest().state()).isEqualTo(BurnInState.FAILED);
        assertThat(newest().progress()).contains("it was not over by ", "run 1 of 5");
        await().atMost(SOON).until(() -> gpusAfterRound(hanging).isEmpty());
        assertThat(isChildAlive()).isFalse();
    }

    @Test
    void aNewerOrderReplacesTheOneThatRuns() throws IOException {
        // Given
        RunBurnIn hanging = order(FakeBurnInMain.HANGS);
        awaitProgress(hanging, "run 1 of 5");
        long first = childPid();

        // When
        RunBurnIn newer = order(FakeBurnInMain.PASSES);
        awaitOver(newer);

        // Then
        assertThat(newest().id()).isEqualTo(newer.burnInId());
        assertThat(newest().state()).isEqualTo(BurnInState.PASSED);
        assertThat(ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void isNotDoneOnADeviceThatALeaseHas() throws IOException {
        // Given
        var lease = ControlPlane.newLease();
        Surroundings leased = new Surroundings(IDLE.devices(), Map.of(SECOND, lease), Set.of(SECOND));

        // When
        burnIns.round(Optional.of(order(FakeBurnInMain.PASSES)), leased);

        // Then
        assertThat(newest().state()).isEqualTo(BurnInState.FAILED);
        assertThat(newest().progress()).isEqualTo("GPU " + SECOND + " works for lease " + lease);
    }

    @Test
    void waitsForAWorkloadThatIsStopping() throws IOException {
        // Given
        RunBurnIn order = order(FakeBurnInMain.PASSES);
        burnIns.round(Optional.of(order), new Surroundings(IDLE.devices(), Map.of(), Set.of(SECOND)));
        assertThat(newest().progress()).isEqualTo("waiting for the workload on GPU " + SECOND + " to end");

        // When
        awaitOver(order);

        // Then
        assertThat(newest().state()).isEqualTo(BurnInState.PASSED);
    }

    @Test
    void whatIsOverIsNotDoneAgainAfterARestart() throws IOException {
        // Given
        RunBurnIn order = order(FakeBurnInMain.PASSES);
        awaitOver(order);
        BurnInRecord before = newest();

        // When
        burnIns = opened();
        burnIns.round(Optional.of(order), IDLE);

        // Then
        assertThat(newest()).isEqualTo(before);
        assertThat(burnIns.gpus()).isEmpty();
    }

    @Test
    void whatARestartInterruptedIsBegunAnewOnlyWhenTheOldChildIsGone() throws IOException {
        // Given
        RunBurnIn order = order(FakeBurnInMain.HANGS);
        awaitProgress(order, "run 1 of 5");
        long first = childPid();

        // When
        burnIns = opened();
        assertThat(burnIns.gpus()).containsExactlyInAnyOrder(FIRST, SECOND);
        await().atMost(SOON).until(() -> {
            burnIns.round(Optional.of(order), IDLE);
            return childPid() != first;
        });

        // Then
        assertThat(ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(newest().state()).isEqualTo(BurnInState.RUNNING);
        assertThat(isChildAlive()).isTrue();
    }

    @Test
    void isBegunAnewWhereItsChildWasStoppedWithTheService() throws IOException {
        // Given
        RunBurnIn order = order(FakeBurnInMain.HANGS);
        awaitProgress(order, "run 1 of 5");
        long first = childPid();

        // When
        ProcessHandle.of(first).orElseThrow().destroy();
        await().atMost(SOON).until(() -> {
            burnIns.round(Optional.of(order), IDLE);
            return childPid() != first;
        });

        // Then
        assertThat(newest().state()).isEqualTo(BurnInState.RUNNING);
    }

    private RunBurnIn order(int ending) {
        return order(ending, Instant.now().plusSeconds(600));
    }

    private static RunBurnIn order(int ending, Instant notAfter) {
        return new RunBurnIn(
                HOST,
                1,
                BurnInId.of(UUID.randomUUID()),
                notAfter,
                List.of(FIRST, SECOND),
                List.of(Algorithm.SHA256D),
                ending);
    }

    private void awaitOver(RunBurnIn order) {
        await().atMost(SOON).until(() -> {
            burnIns.round(Optional.of(order), IDLE);
            return newest().id().equals(order.burnInId()) && newest().hasEnded();
        });
    }

    private void awaitProgress(RunBurnIn order, String progress) {
        await().atMost(SOON).until(() -> {
            burnIns.round(Optional.of(order), IDLE);
            return newest().progress().contains(progress);
        });
    }

    private Set<GpuId> gpusAfterRound(RunBurnIn order) throws IOException {
        burnIns.round(Optional.of(order), IDLE);
        return burnIns.gpus();
    }

    private BurnInRecord newest() {
        return burnIns.newest().orElseThrow();
    }

    private long childPid() {
        return newest().process().orElseThrow().pid();
    }

    private boolean isChildAlive() {
        return ProcessHandle.of(childPid()).map(ProcessHandle::isAlive).orElse(false);
    }

    private BurnIns opened() throws IOException {
        Files.createDirectories(home);
        return BurnIns.open(home, FakeBurnIns.launcher(), Clock.systemUTC());
    }
}

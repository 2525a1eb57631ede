package filon.agent.wipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import filon.agent.control.ControlPlane;
import filon.agent.wipe.WipeRecord.Step;
import filon.agent.workload.Assignment;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.RentalId;
import filon.mining.burnin.FakeWipeMain;
import filon.mining.device.DeviceSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes that overwrite nothing. */
class WipesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final HostId HOST = HostId.of(new UUID(0, 1));
    private static final GpuId GPU = GpuId.of(HOST + "-0");
    private static final Set<GpuId> WANTED = Set.of(GPU);
    private static final Set<GpuId> IDLE = Set.of();

    private final Assignment lease = assignment(1);

    @TempDir
    Path home;

    private Wipes wipes;

    @BeforeEach
    void open() throws IOException {
        wipes = opened(Clock.systemUTC());
    }

    @AfterEach
    void endWhatStillRuns() {
        wipes.end();
    }

    @Test
    void whatAGpuIsOwedIsOnTheDiskBeforeItsWorkloadBegins() throws IOException {
        // When
        wipes.owe(lease);

        // Then
        Wipes nextLife = opened(Clock.systemUTC());
        assertThat(nextLife.unwiped())
                .containsExactly(Map.entry(GPU, lease.key().leaseId()));
    }

    @Test
    void aGpuIsWipedOnceItsLeaseIsOverAndNotBefore() throws IOException {
        // Given
        wipes.owe(lease);
        wipes.round(Set.of(), IDLE, device(FakeWipeMain.PASSES));
        assertThat(wipes.gpus()).isEmpty();

        // When
        awaitOver(FakeWipeMain.PASSES);

        // Then
        assertThat(record().step()).isEqualTo(Step.WIPED);
        assertThat(record().detail()).isEqualTo("no word differs");
        assertThat(wipes.unwiped()).isEmpty();
        assertThat(wipes.gpus()).isEmpty();
    }

    @Test
    void aWorkloadThatStartsAgainInItsLeaseOwesNothingMore() throws IOException {
        // Given
        wipes.owe(lease);
        WipeRecord before = record();

        // When
        wipes.owe(lease);

        // Then
        assertThat(record()).isEqualTo(before);
    }

    @Test
    void noOtherLeaseBeginsBeforeTheWipe() throws IOException {
        // Given
        wipes.owe(lease);

        // When
        Assignment next = assignment(2);

        // Then
        assertThatThrownBy(() -> wipes.owe(next))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not wiped after lease " + lease.key().leaseId());
    }

    @Test
    void memoryThatDoesNotReadBackHasFailedUntilABurnInPasses() throws IOException {
        // Given
        wipes.owe(lease);
        awaitOver(FakeWipeMain.FAILS);
        assertThat(record().step()).isEqualTo(Step.FAILED);
        assertThat(record().detail()).contains("exit code 5", "1 words differ");
        wipes.burntIn(List.of(GPU), record().since());
        assertThat(wipes.unwiped()).containsKey(GPU);

        // When
        wipes.burntIn(List.of(GPU), record().endedAt().orElseThrow().plusSeconds(1));

        // Then
        assertThat(record().step()).isEqualTo(Step.WIPED);
    }

    @Test
    void aChildThatCrashesHasFailed() throws IOException {
        // Given
        wipes.owe(lease);

        // When
        awaitOver(FakeWipeMain.CRASHES);

        // Then
        assertThat(record().step()).isEqualTo(Step.FAILED);
        assertThat(record().detail()).contains("exit code 139");
    }

    @Test
    void aWipeThatTheAgentsDeathInterruptedIsBegunAgain() throws IOException {
        // Given
        wipes.owe(lease);
        wipes.round(WANTED, IDLE, device(FakeWipeMain.HANGS));
        long first = childPid();

        // When
        wipes = opened(Clock.systemUTC());
        assertThat(wipes.gpus()).containsExactly(GPU);
        awaitOver(FakeWipeMain.PASSES);

        // Then
        assertThat(ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(record().step()).isEqualTo(Step.WIPED);
    }

    @Test
    void aWipeThatTheStopOfTheServiceEndedIsBegunAgain() throws IOException {
        // Given
        wipes.owe(lease);
        wipes.round(WANTED, IDLE, device(FakeWipeMain.HANGS));

        // When
        ProcessHandle.of(childPid()).orElseThrow().destroy();
        awaitOver(FakeWipeMain.PASSES);

        // Then
        assertThat(record().step()).isEqualTo(Step.WIPED);
    }

    @Test
    void aWipeThatIsNotOverInTimeIsKilledAndHasFailed() throws IOException {
        // Given
        wipes.owe(lease);
        MovedClock clock = new MovedClock();
        wipes = opened(clock);
        wipes.round(WANTED, IDLE, device(FakeWipeMain.HANGS));
        long child = childPid();

        // When
        clock.now = clock.now.plus(Wipes.WITHIN);
        wipes.round(WANTED, IDLE, device(FakeWipeMain.HANGS));

        // Then
        assertThat(record().step()).isEqualTo(Step.FAILED);
        assertThat(record().detail()).contains("not over within 5 minutes");
        await().atMost(SOON)
                .until(() ->
                        !ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void aGpuThatNeverComesFreeOrIsGoneIsSaidToBeUnwiped() throws IOException {
        // Given
        wipes.owe(lease);
        MovedClock clock = new MovedClock();
        wipes = opened(clock);
        wipes.round(WANTED, WANTED, device(FakeWipeMain.PASSES));
        assertThat(wipes.gpus()).isEmpty();

        // When
        clock.now = clock.now.plus(Wipes.WITHIN);
        wipes.round(WANTED, WANTED, device(FakeWipeMain.PASSES));

        // Then
        assertThat(record().step()).isEqualTo(Step.FAILED);
        assertThat(record().detail()).contains("not begun within 5 minutes", "busy");
    }

    @Test
    void aLeaseThatNeverRanHereLeftNothingAndHidesNoOlderDebt() throws IOException {
        // Given
        Assignment second = assignment(2);
        Assignment third = assignment(3);

        // When
        wipes.nothingRan(lease);
        WipeRecord nothing = record();
        wipes.owe(second);
        wipes.nothingRan(third);

        // Then
        assertThat(nothing.step()).isEqualTo(Step.WIPED);
        assertThat(nothing.leaseId()).isEqualTo(lease.key().leaseId());
        assertThat(wipes.unwiped()).containsExactly(Map.entry(GPU, second.key().leaseId()));
    }

    private void awaitOver(int how) {
        await().atMost(SOON).until(() -> {
            wipes.round(WANTED, IDLE, device(how));
            return record().isOver();
        });
    }

    private WipeRecord record() {
        return wipes.of(GPU).orElseThrow();
    }

    private long childPid() {
        return record().process().orElseThrow().pid();
    }

    private Wipes opened(Clock clock) throws IOException {
        return Wipes.open(home, FakeWipes.launcher(), clock);
    }

    private static Map<GpuId, DeviceSelector> device(int how) {
        return Map.of(GPU, new DeviceSelector(how, "", "", ""));
    }

    private static Assignment assignment(long generation) {
        RentalId rental = RentalId.of(UUID.randomUUID());
        Instant until = Instant.now().plusSeconds(3_600);
        return Assignment.of(ControlPlane.run(HOST, generation, ControlPlane.newLease(), rental, 1, until, GPU))
                .getFirst();
    }

    /** Stands where it is set. */
    private static final class MovedClock extends Clock {
        private Instant now = Instant.now();

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}

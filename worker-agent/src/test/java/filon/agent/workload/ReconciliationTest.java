package filon.agent.workload;

import static org.assertj.core.api.Assertions.assertThat;

import filon.agent.control.ControlPlane;
import filon.agent.workload.Action.Hold;
import filon.agent.workload.Action.Kill;
import filon.agent.workload.Action.Launch;
import filon.agent.workload.Action.Renew;
import filon.agent.workload.Action.Stop;
import filon.contracts.message.HostOrder.RunWorkload;
import filon.contracts.message.WorkloadState;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final HostId HOST = HostId.of(UUID.randomUUID());
    private static final GpuId GPU = GpuId.of("gpu-0");
    private static final HostGpus GPUS = new HostGpus(Set.of(GPU), Set.of(), Map.of());
    private static final RentalId RENTAL = ControlPlane.newRental();
    private final Assignment assignment = assignment(ControlPlane.newLease(), RENTAL, 1, 1, NOW.plusSeconds(600));

    @Test
    void launchesWhatIsDesiredAndAbsent() {
        // When
        List<Action> actions = decide(List.of(assignment));

        // Then
        assertThat(actions).containsExactly(new Launch(assignment));
    }

    @Test
    void leavesARunningWorkloadAlone() {
        // When
        List<Action> actions = decide(List.of(assignment), alive(assignment));

        // Then
        assertThat(actions).isEmpty();
    }

    @Test
    void renewsTheAuthorisationWithoutARestart() {
        // Given
        Assignment extended = assignment(assignment.key().leaseId(), RENTAL, 1, 2, NOW.plusSeconds(7_200));

        // When
        List<Action> actions = decide(List.of(extended), alive(assignment));

        // Then
        assertThat(actions).containsExactly(new Renew(extended));
    }

    @Test
    void stopsWhatNobodyDesires() {
        // When
        List<Action> actions = decide(List.of(), alive(assignment));

        // Then
        assertThat(actions).containsExactly(new Stop(assignment.key(), "no order asks for it"));
    }

    @Test
    void givesAStoppingProcessFiveSecondsThenKillsIt() {
        // When
        List<Action> soon = decide(List.of(), stopping(assignment, Duration.ofMillis(4_999)));
        List<Action> late = decide(List.of(), stopping(assignment, Duration.ofSeconds(5)));

        // Then
        assertThat(soon).isEmpty();
        assertThat(late).containsExactly(new Kill(assignment.key(), "no order asks for it"));
    }

    @Test
    void stopsWhatIsNoLongerAuthorised() {
        // Given
        Assignment expired = assignment(assignment.key().leaseId(), RENTAL, 1, 1, NOW);

        // When
        List<Action> actions = decide(List.of(expired), alive(expired));

        // Then
        assertThat(actions).singleElement().isInstanceOf(Stop.class);
    }

    @Test
    void doesNotLaunchWhatIsNoLongerAuthorised() {
        // Given
        Assignment expired = assignment(assignment.key().leaseId(), RENTAL, 1, 1, NOW);

        // When
        List<Action> actions = decide(List.of(expired));

        // Then
        assertThat(actions).singleElement().isInstanceOfSatisfying(Hold.class, hold -> assertThat(hold.state())
                .isEqualTo(WorkloadState.STOPPED));
    }

    @Test
    void waitsUntilTheOrderBegins() {
        // Given
        Assignment future = new Assignment(
                assignment.key(),
                RENTAL,
                1,
                1,
                NOW.plusSeconds(1),
                NOW.plusSeconds(600),
                assignment.algorithm(),
                assignment.pools(),
                List.of());

        // When
        List<Action> actions = decide(List.of(future));

        // Then
        assertThat(actions).singleElement().isInstanceOfSatisfying(Hold.class, hold -> assertThat(hold.state())
                .isEqualTo(WorkloadState.PENDING));
    }

    @Test
    void holdsACrashedWorkloadForItsPause() {
        // Given
        Observed crashed = new Observed(assignment, false, Optional.empty(), Duration.ofSeconds(4));

        // When
        List<Action> actions = decide(List.of(assignment), crashed);

        // Then
        assertThat(actions).singleElement().isInstanceOfSatisfying(Hold.class, hold -> assertThat(hold.state())
                .isEqualTo(WorkloadState.RESTARTING));
    }

    @Test
    void saysThatAGpuIsMissing() {
        // When
        List<Action> actions = Reconciliation.decide(List.of(assignment), List.of(), HostGpus.NONE, NOW);

        // Then
        assertThat(actions).singleElement().isInstanceOfSatisfying(Hold.class, hold -> assertThat(hold.state())
                .isEqualTo(WorkloadState.FAILED));
    }

    @Test
    void aGpuServesItsOldLeaseUntilThatProcessIsGone() {
        // Given
        Assignment other = assignment(ControlPlane.newLease(), ControlPlane.newRental(), 1, 2, NOW.plusSeconds(600));

        // When
        List<Action> actions = decide(List.of(other), stopping(assignment, Duration.ofSeconds(1)));

        // Then
        assertThat(actions).singleElement().isInstanceOfSatisfying(Hold.class, hold -> assertThat(hold.reason())
                .contains(assignment.key().leaseId().toString()));
    }

    @Test
    void aNewerEpochOfTheRentalReplacesTheOlderOnTheSameGpu() {
        // Given
        Assignment newer = assignment(ControlPlane.newLease(), RENTAL, 2, 2, NOW.plusSeconds(600));

        // When
        List<Action> actions = decide(List.of(assignment, newer), alive(assignment));

        // Then
        assertThat(actions).anySatisfy(action -> assertThat(action)
                .isInstanceOfSatisfying(
                        Stop.class, stop -> assertThat(stop.key()).isEqualTo(assignment.key())));
        assertThat(actions).noneMatch(Launch.class::isInstance);
    }

    @Test
    void otherWorkForTheSameLeaseRestartsTheProcess() {
        // Given
        Assignment before = new Assignment(
                assignment.key(),
                RENTAL,
                1,
                1,
                assignment.notBefore(),
                assignment.authorisedUntil(),
                assignment.algorithm(),
                assignment.pools(),
                List.of());

        // When
        List<Action> actions = decide(List.of(assignment), alive(before));

        // Then
        assertThat(actions).containsExactly(new Stop(assignment.key(), "a newer order asks for other work"));
    }

    @Test
    void neverLaunchesTwoWorkloadsOnOneGpuWhateverIsDesiredAndObserved() {
        // Given
        long seed = Long.getLong("filon.seed", 20261120L);
        System.getLogger("seed").log(System.Logger.Level.INFO, "seed " + seed);
        Random random = new Random(seed);
        List<LeaseId> leases =
                IntStream.range(0, 4).mapToObj(i -> ControlPlane.newLease()).toList();

        for (int round = 0; round < 5_000; round++) {
            List<Assignment> desired = leases.stream()
                    .filter(lease -> random.nextBoolean())
                    .map(lease -> assignment(
                            lease,
                            random.nextBoolean() ? RENTAL : ControlPlane.newRental(),
                            random.nextInt(3),
                            random.nextInt(9),
                            NOW.plusSeconds(random.nextInt(-5, 50))))
                    .toList();
            Optional<Observed> living = random.nextBoolean()
                    ? Optional.of(alive(assignment(leases.get(random.nextInt(4)), RENTAL, 1, 1, NOW.plusSeconds(9))))
                    : Optional.empty();

            // When
            List<Action> actions =
                    Reconciliation.decide(desired, living.stream().toList(), GPUS, NOW);

            // Then
            long launches = actions.stream().filter(Launch.class::isInstance).count();
            assertThat(launches).as("round %d", round).isLessThanOrEqualTo(living.isPresent() ? 0 : 1);
        }
    }

    @Test
    void neverLaunchesOnAGpuThatIsBeingBurntIn() {
        // When
        List<Action> actions = Reconciliation.decide(
                List.of(assignment), List.of(), new HostGpus(Set.of(GPU), Set.of(GPU), Map.of()), NOW);

        // Then
        assertThat(actions).containsExactly(new Hold(assignment, WorkloadState.PENDING, "the GPU is being burnt in"));
    }

    @Test
    void neverLaunchesOnAGpuThatHoldsWhatAnotherLeaseLeft() {
        // Given
        LeaseId other = LeaseId.of(UUID.randomUUID());
        HostGpus unwiped = new HostGpus(Set.of(GPU), Set.of(), Map.of(GPU, other));

        // When
        List<Action> actions = Reconciliation.decide(List.of(assignment), List.of(), unwiped, NOW);

        // Then
        assertThat(actions)
                .containsExactly(
                        new Hold(assignment, WorkloadState.PENDING, "the GPU is not wiped after lease " + other));
    }

    @Test
    void launchesTheLeaseThatHasTheGpuAgainWithoutAWipe() {
        // Given
        HostGpus own =
                new HostGpus(Set.of(GPU), Set.of(), Map.of(GPU, assignment.key().leaseId()));

        // When
        List<Action> actions = Reconciliation.decide(List.of(assignment), List.of(), own, NOW);

        // Then
        assertThat(actions).containsExactly(new Launch(assignment));
    }

    private static List<Action> decide(List<Assignment> desired, Observed... observed) {
        return Reconciliation.decide(desired, List.of(observed), GPUS, NOW);
    }

    private static Observed alive(Assignment assignment) {
        return new Observed(assignment, true, Optional.empty(), Duration.ZERO);
    }

    private static Observed stopping(Assignment assignment, Duration since) {
        return new Observed(assignment, true, Optional.of(since), Duration.ZERO);
    }

    private static Assignment assignment(LeaseId lease, RentalId rental, long epoch, long generation, Instant until) {
        RunWorkload run = ControlPlane.run(HOST, generation, lease, rental, epoch, until, GPU);
        return Assignment.of(run).getFirst();
    }
}

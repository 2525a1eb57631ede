package filon.provisioning.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import filon.provisioning.history.Rules.Guard;
import filon.provisioning.history.World.Tally;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostMoves;
import filon.provisioning.host.HostState;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.GpuHealth;
import filon.provisioning.inventory.GpuMoves;
import filon.provisioning.inventory.GpuReason;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.lease.LeaseEvent;
import filon.provisioning.lease.LeaseMoves;
import filon.provisioning.placement.Candidate;
import filon.provisioning.placement.Demand;
import filon.provisioning.placement.DemandEvent;
import filon.provisioning.placement.DemandMoves;
import filon.provisioning.placement.Placement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays many random histories of hosts, GPUs, leases, rentals and placement, and breaks the rules one by one to see that the same
 * check notices.
 *
 * <p>{@code -Dfilon.histories=N} plays another number, {@code -Dfilon.seed=N} begins elsewhere, {@code -Dfilon.history=N} tells the
 * story of one seed.
 */
class RandomHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("filon.histories", 100_000);
    private static final long SEED = Long.getLong("filon.seed", 20_261_121);
    private static final int HISTORIES_UNTIL_FOUND = 5_000;

    /** A rule that is broken on purpose. */
    record Mutation(String name, Rules rules) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void noHistoryBreaksAPromise() {
        // Given
        Tally tally = new Tally();
        long begun = System.nanoTime();

        // When
        for (int i = 0; i < HISTORIES; i++) {
            long seed = SEED + i;
            try {
                History.play(seed, Rules.real(), tally);
            } catch (RuntimeException e) {
                fail(
                        "repeat with -Dfilon.history=" + seed + "\n"
                                + String.join("\n", History.retell(seed, Rules.real())),
                        e);
            }
        }

        // Then
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println(HISTORIES + " histories from seed " + SEED + " in " + took.toMillis() + " ms: " + tally);
        assertThat(tally.grants).isGreaterThan(HISTORIES);
        assertThat(Stream.of(
                        tally.replacements,
                        tally.refusals,
                        tally.undone,
                        tally.ends,
                        tally.authorisationsPassed,
                        tally.deadlines,
                        tally.burnIns,
                        tally.waivers))
                .as("what happened often: %s", tally)
                .allSatisfy(times -> assertThat(times).isGreaterThan(HISTORIES / 50));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void aBrokenRuleIsNoticed(Mutation mutation) {
        // When
        OptionalInt found = OptionalInt.empty();
        String why = "";
        for (int i = 0; i < HISTORIES_UNTIL_FOUND && found.isEmpty(); i++) {
            try {
                History.play(SEED + i, mutation.rules(), new Tally());
            } catch (Invariants.Broken broken) {
                found = OptionalInt.of(i + 1);
                why = broken.getMessage();
            }
        }

        // Then
        System.out.println(mutation + ": history " + found + ": " + why);
        assertThat(found).as("%s, seeds from %d", mutation, SEED).isPresent();
    }

    @Test
    void tellsOneStory() {
        List<String> story = History.retell(Long.getLong("filon.history", SEED), Rules.real());
        System.out.println(String.join("\n", story));
        assertThat(story).endsWith("no promise was broken");
    }

    static Stream<Mutation> mutations() {
        Rules real = Rules.real();
        return Stream.of(
                new Mutation(
                        "quarantined hosts are available once readmitted",
                        real.withHost((state, event) ->
                                state instanceof HostState.Quarantined && event instanceof HostEvent.Readmitted
                                        ? new HostMoves.Moved(new HostState.Available(), "trusted")
                                        : HostMoves.on(state, event))),
                new Mutation(
                        "drained hosts are available",
                        real.withHost((state, event) ->
                                state instanceof HostState.Draining && event instanceof HostEvent.Freed
                                        ? new HostMoves.Moved(new HostState.Available(), "empty")
                                        : HostMoves.on(state, event))),
                new Mutation(
                        "a late burn-in result lifts a quarantine",
                        real.withHost((state, event) ->
                                state instanceof HostState.Quarantined && event instanceof HostEvent.BurnInPassed
                                        ? new HostMoves.Moved(new HostState.Available(), "passed")
                                        : HostMoves.on(state, event))),
                new Mutation(
                        "a host moves without a reason",
                        real.withHost((state, event) ->
                                HostMoves.on(state, event) instanceof HostMoves.Moved(var next, var reason)
                                                && event instanceof HostEvent.Freed
                                        ? new HostMoves.Moved(next, "")
                                        : HostMoves.on(state, event))),
                new Mutation("deadlines of hosts are not enforced", real.without(Guard.HOST_DEADLINE)),
                new Mutation("silent hosts keep their leases", real.without(Guard.LEASE_DEADLINE)),
                new Mutation("nobody asks whether the host has changed", real.without(Guard.HOST_VERSION)),
                new Mutation(
                        "nobody asks whether the GPU is taken", real.without(Guard.HOST_VERSION, Guard.ALLOCATION)),
                new Mutation(
                        "included GPUs are healthy at once",
                        real.withGpu((state, event) ->
                                state instanceof GpuState.Excluded && event instanceof GpuEvent.InclusionAsked
                                        ? new GpuMoves.Moved(new GpuState.Healthy(), "trusted")
                                        : GpuMoves.on(state, event))),
                new Mutation(
                        "what is not reported has not failed",
                        real.withGpu((state, event) -> event instanceof GpuEvent.Broken
                                ? new GpuMoves.Refused(
                                        filon.contracts.problem.ProblemCode.CONFLICT, "it will come back")
                                : GpuMoves.on(state, event))),
                new Mutation(
                        "a lease ends before its workload",
                        real.withLease(
                                (lease, event) -> LeaseMoves.on(lease, event) instanceof LeaseMoves.Moved(var next)
                                                && event instanceof LeaseEvent.StopAsked(var code, var reason)
                                                && LeaseMoves.on(next, new LeaseEvent.AllStopped(reason))
                                                        instanceof LeaseMoves.Moved ended
                                        ? ended
                                        : LeaseMoves.on(lease, event))),
                new Mutation(
                        "a lease goes on after it was stopped",
                        real.withLease((lease, event) -> event instanceof LeaseEvent.StopAsked
                                ? new LeaseMoves.Refused(filon.contracts.problem.ProblemCode.CONFLICT, "not now")
                                : LeaseMoves.on(lease, event))),
                new Mutation(
                        "a placement does not raise the epoch",
                        real.withDemand((demand, event) -> event instanceof DemandEvent.Granted
                                        && DemandMoves.on(demand, event) instanceof DemandMoves.Moved(Demand next)
                                ? new DemandMoves.Moved(new Demand(
                                        next.rental(),
                                        next.order(),
                                        next.state(),
                                        demand.epoch(),
                                        next.sequence(),
                                        List.of()))
                                : DemandMoves.on(demand, event))),
                new Mutation(
                        "a refusal gives no reason",
                        real.withPlacement((request, candidates, policy) ->
                                Placement.decide(request, candidates, policy) instanceof Placement.Chosen chosen
                                        ? chosen
                                        : new Placement.Refused(List.of()))),
                new Mutation(
                        "placement does not mind untested GPUs",
                        real.without(Guard.ALLOCATION)
                                .withPlacement((request, candidates, policy) -> Placement.decide(
                                        request,
                                        candidates.stream()
                                                .map(RandomHistoriesTest::allHealthy)
                                                .toList(),
                                        policy))));
    }

    private static Candidate allHealthy(Candidate candidate) {
        GpuHealth healthy = new GpuHealth(new GpuState.Healthy(), GpuReason.BURN_IN_PASSED, "surely", World.BEGINNING);
        return new Candidate(
                candidate.host(),
                candidate.connectivity(),
                candidate.location(),
                candidate.maintenanceIn(),
                candidate.devices().stream()
                        .map(device -> new Candidate.Device(
                                device.id(), device.kind(), device.model(), healthy, device.free(), device.measured()))
                        .toList(),
                candidate.tenants());
    }
}

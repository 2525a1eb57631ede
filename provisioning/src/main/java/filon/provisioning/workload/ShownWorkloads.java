package filon.provisioning.workload;

import filon.contracts.message.WorkloadState;
import filon.provisioning.lease.Lease;
import filon.provisioning.standing.Subject;
import filon.provisioning.standing.Transition;
import filon.provisioning.standing.Transition.Reached;
import filon.provisioning.standing.Transitions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Keeps what the work on each GPU is taken to do, and records each move of it. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class ShownWorkloads {
    private final WorkloadStore store;
    private final Transitions transitions;
    private final Clock clock;

    ShownWorkloads(WorkloadStore store, Transitions transitions, Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** @param silence what the silence of the lease's host says; empty while it is heard */
    void show(Lease lease, List<SeenWorkload> workloads, Optional<WorkloadSummary> silence) {
        for (SeenWorkload seen : workloads) {
            ShownWorkload now = shown(lease, seen.said(), silence);
            boolean isMove =
                    seen.shown().filter(same -> same.state() == now.state()).isEmpty();
            if (isMove) {
                store.show(lease.id(), now);
                record(lease, seen.shown(), now);
            }
        }
    }

    private ShownWorkload shown(Lease lease, Workload workload, Optional<WorkloadSummary> silence) {
        WorkloadState state = silence.map(WorkloadSummary::state).orElse(workload.state());
        return new ShownWorkload(
                workload.gpu(),
                state,
                WorkloadReason.of(state, lease.state()),
                silence.map(WorkloadSummary::reason).orElse(workload.reason()),
                clock.instant());
    }

    private void record(Lease lease, Optional<ShownWorkload> before, ShownWorkload now) {
        Subject subject = Subject.of(lease.id(), now.gpu());
        Reached reached = new Reached(
                now.state().name(), now.code(), now.reason(), now.code().usualActor(), now.since());
        transitions.record(
                before.map(known -> Transition.between(subject, known.state().name(), reached))
                        .orElseGet(() -> Transition.first(subject, reached)));
    }
}

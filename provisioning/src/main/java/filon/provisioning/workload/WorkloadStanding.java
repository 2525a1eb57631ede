package filon.provisioning.workload;

import filon.contracts.message.WorkloadState;
import filon.provisioning.host.HostState.Move;
import java.util.Optional;

/**
 * How one GPU of a lease stands: a pure function of what is wanted of it, what its host says of it, and who has it.
 *
 * <p>It is never stored: each of the three has its own owner, and only together do they say whose move it is. What is wanted counts
 * once the host has applied the order's generation; until then, what it says is still about the order before.
 */
public sealed interface WorkloadStanding {
    String reason();

    /** Nobody wants anything of it, and it does nothing. */
    record Idle(String reason) implements WorkloadStanding {}

    /** The order is on its way, or the host does not read its orders. */
    record Unheard(String reason) implements WorkloadStanding {}

    record Starting(String reason) implements WorkloadStanding {}

    record Running(String reason) implements WorkloadStanding {}

    /** It should run and cannot. */
    record Troubled(String reason) implements WorkloadStanding {}

    record Stopping(String reason) implements WorkloadStanding {}

    /** It has stopped as it was told, and belongs to its lease until all of that has. */
    record Stopped(String reason) implements WorkloadStanding {}

    /** It does what nobody wants, or on a GPU that its lease does not have. */
    record Stray(String reason) implements WorkloadStanding {}

    /** What is wanted of a GPU. */
    enum Goal {
        RUN,
        STOP,
        NOTHING
    }

    /** @param generation of the order that first said so; renewals say nothing new */
    record Desired(Goal goal, long generation) {}

    /**
     * What the host says.
     *
     * @param state null while it has said nothing of this workload, see {@link #heard}
     * @param reason its own words
     * @param generation the highest that it has applied
     */
    record Observed(WorkloadState state, String reason, long generation) {
        Optional<WorkloadState> heard() {
            return Optional.ofNullable(state);
        }

        boolean isWorking() {
            return state != null && state != WorkloadState.STOPPED;
        }
    }

    /** @param allocated whether the GPU belongs to the lease in the inventory */
    static WorkloadStanding of(Desired desired, Observed observed, boolean allocated) {
        if (!allocated) {
            return observed.isWorking()
                    ? new Stray("is " + observed.state() + " on a GPU that its lease does not have")
                    : new Idle("its lease does not have this GPU");
        }
        if (observed.generation() < desired.generation()) {
            return new Unheard(
                    "the host has applied order " + observed.generation() + ", this is order " + desired.generation());
        }
        return switch (desired.goal()) {
            case RUN -> wantedToRun(observed);
            case STOP -> wantedToStop(observed);
            case NOTHING ->
                observed.isWorking()
                        ? new Stray("is " + observed.state() + " although nothing was ordered")
                        : new Idle("nothing was ordered");
        };
    }

    private static WorkloadStanding wantedToRun(Observed observed) {
        if (observed.heard().isEmpty()) {
            return new Starting("the host has its order and has said nothing of the workload yet");
        }
        String said = observed.state() + ": " + observed.reason();
        return switch (observed.state()) {
            case RUNNING -> new Running(said);
            case PENDING, PREPARING, CONNECTING -> new Starting(said);
            case FAILED, RESTARTING, NO_POOL -> new Troubled(said);
            case UNKNOWN -> new Unheard(said);
            case STOPPING, STOPPED -> new Troubled("stops although it should run, " + said);
        };
    }

    private static WorkloadStanding wantedToStop(Observed observed) {
        if (!observed.isWorking()) {
            return new Stopped(observed.heard().isEmpty() ? "it was never started" : "STOPPED: " + observed.reason());
        }
        return new Stopping(observed.state() + ": " + observed.reason());
    }

    /** Who has to act for it to get on. */
    default Move move() {
        return switch (this) {
            case Idle s -> Move.NOBODY;
            case Unheard s -> Move.HOST;
            case Starting s -> Move.HOST;
            case Running s -> Move.NOBODY;
            case Troubled s -> Move.HOST;
            case Stopping s -> Move.HOST;
            case Stopped s -> Move.PLATFORM;
            case Stray s -> Move.OPERATOR;
        };
    }

    default String label() {
        return getClass().getSimpleName();
    }
}

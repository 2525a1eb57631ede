package filon.provisioning.inventory;

import filon.contracts.problem.ProblemCode;
import filon.provisioning.inventory.GpuState.Degraded;
import filon.provisioning.inventory.GpuState.Excluded;
import filon.provisioning.inventory.GpuState.Failed;
import filon.provisioning.inventory.GpuState.Healthy;
import filon.provisioning.inventory.GpuState.Untested;

/** The GPU's machine: a pure function of state and event. */
public final class GpuMoves {
    private GpuMoves() {}

    /** The answer to an event. */
    public sealed interface Answer {}

    /** The GPU is in another state from now on. */
    public record Moved(GpuState next, String reason) implements Answer {}

    /** Nothing changes. */
    public record Refused(ProblemCode code, String why) implements Answer {}

    public static Answer on(GpuState state, GpuEvent event) {
        return switch (event) {
            case GpuEvent.BurnInPassed e ->
                isUntrusted(state) || state instanceof Degraded ? to(new Healthy(), e) : no(state, e);
            case GpuEvent.BurnInWaived e -> isUntrusted(state) ? to(new Healthy(), e) : no(state, e);
            case GpuEvent.Weakened e -> state instanceof Healthy ? to(new Degraded(), e) : no(state, e);
            case GpuEvent.Broken e ->
                state instanceof Failed || state instanceof Excluded ? no(state, e) : to(new Failed(), e);
            case GpuEvent.ExclusionAsked e -> state instanceof Excluded ? no(state, e) : to(new Excluded(), e);
            case GpuEvent.InclusionAsked e -> state instanceof Excluded ? to(new Untested(), e) : no(state, e);
        };
    }

    /** Whether a burn-in is what it waits for. */
    private static boolean isUntrusted(GpuState state) {
        return state instanceof Untested || state instanceof Failed;
    }

    private static Moved to(GpuState next, GpuEvent event) {
        return new Moved(next, event.reason());
    }

    private static Refused no(GpuState state, GpuEvent event) {
        return new Refused(
                ProblemCode.CONFLICT,
                "a GPU that is " + state.label() + " does not know "
                        + event.getClass().getSimpleName());
    }
}

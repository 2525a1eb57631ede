package filon.provisioning.host;

import filon.contracts.problem.ProblemCode;
import filon.provisioning.host.HostState.Available;
import filon.provisioning.host.HostState.BurningIn;
import filon.provisioning.host.HostState.Draining;
import filon.provisioning.host.HostState.Enrolled;
import filon.provisioning.host.HostState.InService;
import filon.provisioning.host.HostState.Inspecting;
import filon.provisioning.host.HostState.Maintenance;
import filon.provisioning.host.HostState.Phase;
import filon.provisioning.host.HostState.Quarantined;
import filon.provisioning.host.HostState.Reserved;
import filon.provisioning.host.HostState.Retired;
import filon.provisioning.host.HostState.Verifying;

/** The host's machine: a pure function of state and event. */
public final class HostMoves {
    private HostMoves() {}

    /** The answer to an event. */
    public sealed interface Answer {}

    /** The host is in another state from now on. */
    public record Moved(HostState next, String reason) implements Answer {}

    /** Nothing changes. */
    public record Refused(ProblemCode code, String why) implements Answer {}

    public static Answer on(HostState state, HostEvent event) {
        return switch (event) {
            case HostEvent.TopicsReady e -> state instanceof Enrolled ? to(new Verifying(), e) : no(state, e);
            case HostEvent.IdentityConfirmed e -> state instanceof Verifying ? to(new Inspecting(), e) : no(state, e);
            case HostEvent.InspectionPassed e -> state instanceof Inspecting ? to(new BurningIn(), e) : no(state, e);
            case HostEvent.BurnInPassed e -> state instanceof BurningIn ? to(new Available(), e) : no(state, e);
            case HostEvent.BurnInWaived e -> state instanceof BurningIn ? to(new Available(), e) : no(state, e);
            case HostEvent.Leased e -> state instanceof Available ? to(new Reserved(), e) : no(state, e);
            case HostEvent.WorkloadSeen e -> state instanceof Reserved ? to(new InService(), e) : no(state, e);
            case HostEvent.Freed e -> freed(state, e);
            case HostEvent.DrainAsked e -> state.isPlaceable() ? to(new Draining(), e) : no(state, e);
            case HostEvent.Failed e ->
                state instanceof Quarantined || state instanceof Retired ? no(state, e) : to(new Quarantined(), e);
            case HostEvent.DeadlinePassed e ->
                state.phase() instanceof Phase.Working ? to(new Quarantined(), e) : no(state, e);
            case HostEvent.Reenrolled e -> isSetAside(state) ? to(new Verifying(), e) : no(state, e);
            case HostEvent.Readmitted e -> isSetAside(state) ? to(new Inspecting(), e) : no(state, e);
            case HostEvent.RetirementAsked e -> isSetAside(state) ? to(new Retired(), e) : no(state, e);
        };
    }

    private static Answer freed(HostState state, HostEvent.Freed event) {
        if (state instanceof Reserved || state instanceof InService) {
            return to(new Available(), event);
        }
        return state instanceof Draining
                ? new Moved(new Maintenance(), "drained: " + event.reason())
                : no(state, event);
    }

    /** Whether a person decides what becomes of it. */
    private static boolean isSetAside(HostState state) {
        return state instanceof Maintenance || state instanceof Quarantined;
    }

    private static Moved to(HostState next, HostEvent event) {
        return new Moved(next, event.reason());
    }

    private static Refused no(HostState state, HostEvent event) {
        return new Refused(
                ProblemCode.CONFLICT,
                "a host that is " + state.label() + " does not know "
                        + event.getClass().getSimpleName());
    }
}

package filon.provisioning.lease;

import filon.contracts.problem.ProblemCode;
import filon.provisioning.lease.LeaseState.Draining;
import filon.provisioning.lease.LeaseState.Ended;
import filon.provisioning.lease.LeaseState.Granted;

/** The lease's machine: a pure function of lease and event. */
public final class LeaseMoves {
    private LeaseMoves() {}

    /** The answer to an event. */
    public sealed interface Answer {}

    /** The lease as it is from now on. */
    public record Moved(Lease next) implements Answer {}

    /** Nothing changes. */
    public record Refused(ProblemCode code, String why) implements Answer {}

    public static Answer on(Lease lease, LeaseEvent event) {
        return switch (event) {
            case LeaseEvent.RenewalDue(var until) ->
                lease.state() instanceof Granted && until.isAfter(lease.authorisedUntil())
                        ? new Moved(lease.authorisedUntil(until))
                        : no(lease, event);
            case LeaseEvent.StopAsked(LeaseReason code, String reason) ->
                lease.state() instanceof Granted ? new Moved(lease.in(new Draining(), code, reason)) : no(lease, event);
            case LeaseEvent.AllStopped(String reason) ->
                lease.state() instanceof Draining
                        ? new Moved(lease.in(new Ended(), LeaseReason.WORK_STOPPED, reason))
                        : no(lease, event);
            case LeaseEvent.AuthorisationPassed(String reason) ->
                lease.state() instanceof Draining
                        ? new Moved(lease.in(new Ended(), LeaseReason.AUTHORISATION_OVER, reason))
                        : no(lease, event);
        };
    }

    private static Refused no(Lease lease, LeaseEvent event) {
        return new Refused(
                ProblemCode.CONFLICT,
                "lease " + lease.id() + " is " + lease.state().label() + " and does not know "
                        + event.getClass().getSimpleName());
    }
}

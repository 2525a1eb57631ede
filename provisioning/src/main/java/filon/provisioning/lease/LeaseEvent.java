package filon.provisioning.lease;

import java.time.Instant;

/** What can happen to a lease. */
public sealed interface LeaseEvent {
    /** Half of the authorisation has passed. */
    record RenewalDue(Instant authorisedUntil) implements LeaseEvent {}

    record StopAsked(LeaseReason code, String reason) implements LeaseEvent {}

    /** Every workload of the lease is known to have stopped. */
    record AllStopped(String reason) implements LeaseEvent {}

    /** The authorisation ended some time ago and nobody answered. */
    record AuthorisationPassed(String reason) implements LeaseEvent {}
}

package filon.api.rental;

import filon.contracts.message.WorkloadState;
import filon.contracts.value.LeaseId;
import java.time.Instant;

/** What can happen to a rental; {@code at} is when we heard of it. */
public sealed interface RentalEvent {
    Instant at();

    /** Billing reserved the money. */
    record HoldPlaced(Instant at) implements RentalEvent {}

    /** Billing did not reserve the money. */
    record HoldRefused(Instant at, String reason) implements RentalEvent {}

    /** Provisioning gave GPUs to the rental. */
    record LeaseGranted(Instant at, LeaseId leaseId, long epoch) implements RentalEvent {}

    /** Provisioning found no GPUs yet. */
    record PlacementRefused(Instant at, String reason) implements RentalEvent {}

    /** The host says what the work does, since {@code since}. */
    record WorkSeen(Instant at, LeaseId leaseId, long epoch, WorkloadState state, String reason, Instant since)
            implements RentalEvent {}

    /** The lease is over. */
    record LeaseEnded(Instant at, LeaseId leaseId, long epoch, String reason) implements RentalEvent {}

    /** Nothing is left on the balance. */
    record BalanceSpent(Instant at) implements RentalEvent {}

    /** Billing posted the last cost. */
    record CostSettled(Instant at) implements RentalEvent {}

    /** The customer stops the work for a while. */
    record PauseAsked(Instant at) implements RentalEvent {}

    /** The customer wants the work to go on. */
    record ResumeAsked(Instant at) implements RentalEvent {}

    /** The customer, or staff for the customer, ends the rental. */
    record EndAsked(Instant at, String reason) implements RentalEvent {}

    /** The deadline of a working state has passed in silence. */
    record SilenceNoticed(Instant at) implements RentalEvent {}
}

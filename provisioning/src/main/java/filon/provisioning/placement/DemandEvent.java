package filon.provisioning.placement;

import filon.contracts.message.RentalNotice.Order;

/**
 * What can happen to a demand.
 *
 * <p>{@code sequence} is the number of the API's message: one that is lower than what was heard last comes late and says nothing
 * new. An end needs none, because nothing follows it.
 */
public sealed interface DemandEvent {
    record Funded(Order wish, long sequence) implements DemandEvent {}

    record Suspended(long sequence) implements DemandEvent {}

    record Ending() implements DemandEvent {}

    record Granted() implements DemandEvent {}
}

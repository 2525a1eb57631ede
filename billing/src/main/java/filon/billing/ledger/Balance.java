package filon.billing.ledger;

import filon.contracts.value.CustomerId;
import filon.contracts.value.MicroEuro;

/**
 * A customer's money at one moment.
 *
 * @param available what can be held or spent; below zero by what was used after it was spent and before the stop took effect
 * @param held reserved for rentals
 * @param version rises with each change
 */
public record Balance(CustomerId customer, MicroEuro available, MicroEuro held, long version) {}

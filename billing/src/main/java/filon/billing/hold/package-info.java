/**
 * The money reserved for a rental, from its order to its settlement.
 *
 * <p>Owns: the {@code hold} table, answers to {@code rental.requested}, replenishing, exhaustion, release. Invariants: one hold
 * per rental; no hold for a price that is not ours; {@code balance.exhausted} once per round of funding; {@code
 * rental.settled} once. Does not own: what usage costs (rating), where money lies (ledger).
 */
package filon.billing.hold;

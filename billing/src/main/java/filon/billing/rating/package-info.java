/**
 * What a rental costs so far, and its last word.
 *
 * <p>Owns: proven seconds from meters, the cumulative cost, its postings, {@code cost.posted}, when a rental is settled.
 * Invariants: the cost said is the frozen price of the proven seconds said, and the sum of what was charged, to the micro-euro.
 * Does not own: rounding (contracts), where money lies (ledger, hold), what was metered (meter).
 */
package filon.billing.rating;

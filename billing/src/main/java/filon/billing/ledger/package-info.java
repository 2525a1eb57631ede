/**
 * The double-entry ledger in integer micro-euro.
 *
 * <p>Owns: accounts, entries, postings, balances, {@code balance.changed}. Invariants, guarded by the database: entries and
 * postings are never changed or removed; every entry sums to zero; an idempotency key posts once, for ever; a balance is the
 * sum of its postings; a hold is never negative; only usage may overdraw a wallet. Does not own: why money moves.
 */
package filon.billing.ledger;

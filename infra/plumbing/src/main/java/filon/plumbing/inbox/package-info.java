/**
 * What was heard is noted with its effect.
 *
 * <p>Owns: consuming topics with the offset in PostgreSQL in the same transaction as the effect, dropping second copies,
 * dead letters. Invariants: a poison record never stops a consumer; a crash anywhere loses and doubles nothing. Does not
 * own: what a message causes.
 */
package filon.plumbing.inbox;

/**
 * What is to be said leaves with the transaction that made it true.
 *
 * <p>Owns: the outbox table and the relay to Kafka. Invariants: nothing is published that was not committed; everything
 * committed is published at least once, in commit-independent order of its number per relay. Does not own: what is said.
 */
package filon.plumbing.outbox;

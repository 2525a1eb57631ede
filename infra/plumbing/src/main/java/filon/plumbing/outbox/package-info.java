/**
 * What is to be said leaves with the transaction that made it true.
 *
 * <p>Owns: the outbox table and the relay to Kafka. Invariants: nothing is published that was not committed; everything
 * committed is published at least once, per topic in the order of its numbers. Transactions that speak under one key must
 * wait for each other (the row of the thing does that), or their numbers say nothing about which came first. Does not own: what is said.
 */
package filon.plumbing.outbox;

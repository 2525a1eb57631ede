/**
 * Who has which GPUs until when, under which epoch.
 *
 * <p>Owns: leases and their moves, the orders to run and to stop, renewal, the end. Invariants: a rental has at most one granted
 * lease; a GPU belongs to at most one lease that has not ended; every write to a lease names its epoch and its state before. Does
 * not own: which host is chosen (placement). The machine is drawn in {@code lease.mmd}.
 */
package filon.provisioning.lease;

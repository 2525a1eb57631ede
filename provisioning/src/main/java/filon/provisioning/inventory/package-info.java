/**
 * Which GPUs each host has, and which of them are taken.
 *
 * <p>Owns: GPUs as their host reports them, allocations of GPUs to leases. Invariant: a GPU has at most one live allocation, kept
 * by a partial unique index. Does not own: why a GPU is allocated (lease).
 */
package filon.provisioning.inventory;

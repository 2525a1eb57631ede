/**
 * Which GPUs each host has, how they are, and which of them are taken.
 *
 * <p>Owns: GPUs as their host reports them, their health, what burn-ins measured of them, allocations of GPUs to leases. Invariant: a
 * GPU has at most one live allocation, kept by a partial unique index. Does not own: why a GPU is allocated (lease), the burn-in
 * itself. The machine of a GPU is drawn in {@code gpu.mmd}.
 */
package filon.provisioning.inventory;

/**
 * Decides which GPU does what, and keeps each host's story true. Start reading at
 * {@link filon.provisioning.placement.Placements}.
 *
 * <p>Owns: hosts, GPUs, leases, signed orders, the internal authority. Does not own: rentals (the API), money (billing), mining
 * (the agent).
 */
package filon.provisioning;

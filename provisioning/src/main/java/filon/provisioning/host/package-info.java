/**
 * The story of each bare-metal machine, from its enrolment to its retirement.
 *
 * <p>Owns: host states and their moves, liveness, second agents, the events hosts tell, the {@code host.known} notices. Does not own: GPUs
 * (inventory), leases, enrolment, identities. The machine is drawn in {@code host.mmd}.
 */
package filon.provisioning.host;

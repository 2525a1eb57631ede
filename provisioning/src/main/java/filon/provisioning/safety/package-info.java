/**
 * What keeps a mistake of ours, or a deaf control plane, from taking the fleet down.
 *
 * <p>Owns: the brake for mass failures, the limit of what an automation may do to how many hosts, and the deadlines of host states,
 * which are an automation themselves. Does not own: hosts and their moves (host).
 */
package filon.provisioning.safety;

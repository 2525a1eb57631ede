/**
 * Hosts, GPUs and their readings, for people to see.
 *
 * <p>Owns: the read model of the fleet.
 *
 * <p>Does not own: the truth: provisioning has it; readings are what hosts say, never money.
 */
package filon.api.fleet;

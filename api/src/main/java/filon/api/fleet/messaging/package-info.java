/**
 * Hears provisioning and the hosts.
 *
 * <p>Owns: the reading of their records.
 *
 * <p>Does not own: MACs: this process holds no uplink key.
 */
package filon.api.fleet.messaging;

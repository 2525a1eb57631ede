/**
 * Wipes that overwrite nothing and yet take their time: a simulated device has no memory.
 *
 * <p>Owns: how long one takes, what it finds of a simulated device. Does not own: when one is begun and what it means (the agent,
 * provisioning), what is wrong with a device (fault).
 */
package filon.simulation.wipe;

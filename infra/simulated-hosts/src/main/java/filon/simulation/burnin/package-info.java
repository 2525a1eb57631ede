/**
 * Burn-ins that try nothing and yet take their time, find what is wrong and report as the engine does.
 *
 * <p>Owns: how long one takes, what it finds of a simulated device, its lines. Does not own: the shape of the results (the engine), when one
 * is begun and what they mean (the agent, provisioning), what is wrong with a device (fault).
 */
package filon.simulation.burnin;

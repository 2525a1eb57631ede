/**
 * What goes wrong in a simulated fleet.
 *
 * <p>Owns: the faults' names, and who gets which when, as a pure function of the seed. Does not own: what a fault does to a device, a
 * workload or a host.
 */
package filon.simulation.fault;

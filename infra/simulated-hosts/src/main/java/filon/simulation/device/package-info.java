/**
 * Simulated GPUs.
 *
 * <p>Owns: what they are, their warmth, power and speed, and what faults do to them. Does not own: what works on them.
 */
package filon.simulation.device;

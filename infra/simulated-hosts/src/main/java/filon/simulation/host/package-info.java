/**
 * One simulated host: the real agent between simulated devices and the real network.
 *
 * <p>Owns: what an agent finds outside itself there, and what the faults of a whole host do to it. Does not own: the agent.
 */
package filon.simulation.host;

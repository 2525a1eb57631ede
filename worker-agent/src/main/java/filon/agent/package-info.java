/**
 * The worker agent: runs beside the GPUs of one host. {@link filon.agent.Agent} is where to start reading.
 *
 * <p>Owns: the life of the agent and the one thread on which it decides. Does not own: what its features own.
 */
package filon.agent;

/**
 * How the agent keeps a fact on disk so that neither a crash nor a power cut can tear it.
 *
 * <p>Owns: atomic replacement with fsync, private permissions, the one-agent-per-home lock. Does not own: what is written.
 */
package filon.agent.disk;

/**
 * A fleet of hosts without a GPU: many real agents in one JVM.
 *
 * <p>Owns: the fleet's life and its command line. Does not own: who invites its hosts (infra/local), what an agent does (worker-agent).
 */
package filon.simulation;

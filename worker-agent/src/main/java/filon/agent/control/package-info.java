/**
 * What the control plane wants of this host, and whether to believe it.
 *
 * <p>Owns: signatures, generations, epochs, and the stored desired state. Does not own: carrying it out, see
 * {@link filon.agent.workload}.
 */
package filon.agent.control;

/**
 * Who this host is to the platform: its id, its key and certificate, and whose orders it obeys.
 *
 * <p>Owns: the identity folder. Does not own: how an identity is obtained, see {@link filon.agent.enrolment}.
 */
package filon.agent.identity;

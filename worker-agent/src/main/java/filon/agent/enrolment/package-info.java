/**
 * How a host joins the platform: once, with a one-use token, over TLS with a pinned authority.
 *
 * <p>Owns: the certificate request and the exchange. Does not own: the identity that comes of it, see
 * {@link filon.agent.identity}, nor the approval, which provisioning decides.
 */
package filon.agent.enrolment;

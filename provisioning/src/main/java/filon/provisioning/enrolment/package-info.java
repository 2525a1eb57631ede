/**
 * How a host joins: an operator invites it, it redeems the invitation once, and gets its identity, topics and access rules.
 *
 * <p>Owns: tokens, the redemption, the audit of both, the host's two topics and their access rules. Does not own: certificates
 * (authority), what becomes of the host (host).
 */
package filon.provisioning.enrolment;

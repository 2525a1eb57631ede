/**
 * How a host joins, stays and leaves: an operator invites it, it redeems the invitation once, is confirmed by its serial number or a
 * person, renews its certificate, and loses everything at a revocation.
 *
 * <p>Owns: tokens, confirmations, renewals, revocations, the audit of all, the host's two topics and their access rules. Does not own:
 * certificates (authority), which of them are in force (identity), what becomes of the host (host).
 */
package filon.provisioning.enrolment;

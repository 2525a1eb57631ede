/**
 * Who a host is to the platform: which of its enrolments is in force, its certificates, and whether it is the machine that was meant.
 *
 * <p>Owns: certificates and their revocation, fingerprints, serial numbers, what the brokers have been told. Does not own: tokens and
 * renewals (enrolment), the states of hosts (host), access rules themselves (enrolment). Knows no other feature but the authority,
 * so that the check of uplinks can ask it.
 */
package filon.provisioning.identity;

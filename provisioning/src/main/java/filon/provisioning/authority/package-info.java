/**
 * The platform's own certificate authority and the key that signs orders to hosts.
 *
 * <p>Owns: the files of the authority directory, certificates for servers and agents, signatures over orders. Does not own: who
 * may have a certificate (enrolment), what an order says (desired state).
 */
package filon.provisioning.authority;

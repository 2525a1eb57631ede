/**
 * What leaves the host, under the host's own MAC.
 *
 * <p>Owns: the connection for sending, the order and repetition of usage reports, the MAC headers. Does not own: what is sent.
 */
package filon.agent.uplink;

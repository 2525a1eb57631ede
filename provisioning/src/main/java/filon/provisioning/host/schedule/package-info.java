/** The clockwork of hosts. Owns: when. Does not own: what. */
package filon.provisioning.host.schedule;

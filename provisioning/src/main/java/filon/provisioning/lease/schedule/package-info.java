/** The clockwork of leases. Owns: when. Does not own: what. */
package filon.provisioning.lease.schedule;

/** Leases in PostgreSQL. */
package filon.provisioning.lease.store;

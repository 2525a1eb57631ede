/** Hosts in PostgreSQL. */
package filon.provisioning.host.store;

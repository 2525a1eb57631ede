/** Keeps incidents in PostgreSQL. */
package filon.provisioning.incident.store;

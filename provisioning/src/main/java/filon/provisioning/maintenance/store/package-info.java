/** Maintenance windows in PostgreSQL. */
package filon.provisioning.maintenance.store;

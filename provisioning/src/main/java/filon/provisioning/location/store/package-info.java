/** Locations in PostgreSQL. */
package filon.provisioning.location.store;

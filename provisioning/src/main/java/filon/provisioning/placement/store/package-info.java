/** Demands in PostgreSQL. */
package filon.provisioning.placement.store;

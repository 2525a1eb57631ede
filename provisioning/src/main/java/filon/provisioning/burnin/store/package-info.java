/** Burn-ins in PostgreSQL. */
package filon.provisioning.burnin.store;

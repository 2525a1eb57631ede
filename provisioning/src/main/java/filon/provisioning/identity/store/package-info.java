/** Identities in PostgreSQL. */
package filon.provisioning.identity.store;

/** The brake, the acts and the pauses in PostgreSQL. Owns: their tables. Does not own: what they mean. */
package filon.provisioning.safety.store;

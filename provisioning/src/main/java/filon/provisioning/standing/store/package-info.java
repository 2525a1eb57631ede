/** The record of moves in PostgreSQL. Owns: the statements. Does not own: what is recorded. */
package filon.provisioning.standing.store;

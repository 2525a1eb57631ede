/** Owns: a durable PostgreSQL from released binaries, its roles and databases. Does not own: tables. */
package filon.testkit.postgres;

/**
 * The fleet in PostgreSQL.
 *
 * <p>Owns: the tables of hosts, grants and readings.
 *
 * <p>Does not own: anything else.
 */
package filon.api.fleet.store;

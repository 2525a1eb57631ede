/**
 * Posted costs in PostgreSQL.
 *
 * <p>Owns: the table rental_cost.
 *
 * <p>Does not own: anything else.
 */
package filon.api.usage.store;

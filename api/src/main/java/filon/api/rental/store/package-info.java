/**
 * Rentals in PostgreSQL, pool passwords sealed.
 *
 * <p>Owns: the table rental.
 *
 * <p>Does not own: decisions.
 */
package filon.api.rental.store;

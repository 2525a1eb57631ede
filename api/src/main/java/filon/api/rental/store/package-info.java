/**
 * Rentals in PostgreSQL, pool passwords sealed.
 *
 * <p>Owns: the tables rental, rental_transition, rental_maintenance.
 *
 * <p>Does not own: decisions.
 */
package filon.api.rental.store;

/**
 * Rentals over HTTP.
 *
 * <p>Owns: the reading of orders and the JSON of rentals.
 *
 * <p>Does not own: decisions.
 */
package filon.api.rental.rest;

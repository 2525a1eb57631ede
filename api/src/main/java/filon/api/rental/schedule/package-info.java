/**
 * Looks at the clock for rentals that wait.
 *
 * <p>Owns: the tick.
 *
 * <p>Does not own: deadlines: the states say them.
 */
package filon.api.rental.schedule;

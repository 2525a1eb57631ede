/**
 * Hears what billing and provisioning say of rentals.
 *
 * <p>Owns: the reading of their notices as events.
 *
 * <p>Does not own: what an event changes.
 */
package filon.api.rental.messaging;

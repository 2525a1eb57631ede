/**
 * One rental from the order to its end.
 *
 * <p>Owns: the state of a rental, its order, and what is said of it.
 *
 * <p>Does not own: its cost (usage) and its placement (provisioning).
 */
package filon.api.rental;

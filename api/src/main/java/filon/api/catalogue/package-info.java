/**
 * What can be ordered and what it costs now.
 *
 * <p>Owns: the offers.
 *
 * <p>Does not own: prices: billing publishes them, we keep the newest.
 */
package filon.api.catalogue;

/**
 * Hears of prices.
 *
 * <p>Owns: the reading of price notices.
 *
 * <p>Does not own: other notices of billing.
 */
package filon.api.catalogue.messaging;

/**
 * Hears of posted costs.
 *
 * <p>Owns: the reading of cost notices.
 *
 * <p>Does not own: other notices of billing.
 */
package filon.api.usage.messaging;

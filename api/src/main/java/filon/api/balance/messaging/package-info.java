/**
 * Hears of balances.
 *
 * <p>Owns: the reading of balance notices.
 *
 * <p>Does not own: other notices of billing.
 */
package filon.api.balance.messaging;

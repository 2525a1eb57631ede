/**
 * What a rental does now and what it has cost.
 *
 * <p>Owns: the cost that billing posted, as billing said it.
 *
 * <p>Does not own: the reckoning of it.
 */
package filon.api.usage;

/**
 * The balance and the caller over HTTP.
 *
 * <p>Owns: the JSON of a balance.
 *
 * <p>Does not own: anything else.
 */
package filon.api.balance.rest;

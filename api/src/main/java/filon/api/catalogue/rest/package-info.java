/**
 * The catalogue over HTTP.
 *
 * <p>Owns: the offers as JSON.
 *
 * <p>Does not own: anything else.
 */
package filon.api.catalogue.rest;

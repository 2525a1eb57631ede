/**
 * Usage over HTTP and as a stream.
 *
 * <p>Owns: the JSON of usage.
 *
 * <p>Does not own: anything else.
 */
package filon.api.usage.rest;

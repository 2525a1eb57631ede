/**
 * The fleet over HTTP, for staff.
 *
 * <p>Owns: the JSON of hosts.
 *
 * <p>Does not own: anything else.
 */
package filon.api.fleet.rest;

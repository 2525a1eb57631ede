/**
 * The pages for customers and staff.
 *
 * <p>Owns: the pages, their forms and live parts.
 *
 * <p>Does not own: decisions: pages call the use cases that the REST API calls.
 */
package filon.api.console.rest;

/**
 * The front door of the platform.
 *
 * <p>Owns: what customers ask for and what people see.
 *
 * <p>Does not own: money, hosts, or the order in which hosts do things: billing and provisioning tell, this shows.
 */
package filon.api;

/**
 * When staff will take hosts out of service.
 *
 * <p>Owns: announced windows and their begin. Does not own: draining and what follows (host), how orders are kept away from such hosts
 * (placement).
 */
package filon.provisioning.maintenance;

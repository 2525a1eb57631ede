/**
 * Where each host stands: what fails together.
 *
 * <p>Owns: racks and power feeds, as staff have said. Does not own: sites, which a host is enrolled with (host). Reports of hosts
 * cannot change any of it.
 */
package filon.provisioning.location;

/** The fleet as staff see it. Owns: what is shown of a host. Does not own: any of it; it reads the other features. */
package filon.provisioning.fleet;

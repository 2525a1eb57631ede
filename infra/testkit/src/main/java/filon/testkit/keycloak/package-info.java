/** Owns: one Keycloak from its released distribution with the realm {@code filon}. Does not own: what a role may do. */
package filon.testkit.keycloak;

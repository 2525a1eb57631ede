/**
 * Who is asking.
 *
 * <p>Owns: the caller and the roles.
 *
 * <p>Does not own: tokens: they end in the door {@code oidc}.
 */
package filon.api.identity;

/**
 * Builds the caller from a token, here and nowhere else.
 *
 * <p>Owns: the reading of claims.
 *
 * <p>Does not own: what a role allows.
 */
package filon.api.identity.oidc;

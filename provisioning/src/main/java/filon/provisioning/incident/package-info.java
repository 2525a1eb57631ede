/**
 * What staff have to know of although nobody asked: signs that an identity was copied, forged or mistaken.
 *
 * <p>Owns: incidents, their count, who has seen them. Does not own: what becomes of a host because of one (the feature that
 * raises it).
 */
package filon.provisioning.incident;

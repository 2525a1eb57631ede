/**
 * Whether a share proves work.
 *
 * <p>Owns: hashing a header again and comparing it with its target. Does not own: when the work counts, or that it counts
 * once ({@code meter}).
 */
package filon.billing.proof;

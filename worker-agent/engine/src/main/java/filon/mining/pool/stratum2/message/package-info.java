/**
 * The messages of Stratum V2 that a standard channel needs, as values and as bytes, both directions.
 *
 * <p>Owns: frames, field types, messages, what makes one malformed.
 *
 * <p>Does not own: encryption (noise), what a message leads to (the session).
 *
 * <p>Source: Stratum V2 specification, chapters 3, 5 and 8 (2026-08). Numbers are little-endian. An integer of 32 bits is a {@code long}
 * from 0 to 4294967295, one of 64 bits an unsigned {@code long}. Hashes are as in a block's header, targets are {@link
 * filon.mining.algorithm.Target}. What follows the last known field of a message is ignored: extensions add theirs there.
 */
package filon.mining.pool.stratum2.message;

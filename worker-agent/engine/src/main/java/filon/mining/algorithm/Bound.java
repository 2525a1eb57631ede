package filon.mining.algorithm;

/**
 * What limits an algorithm's rate on a device.
 *
 * @param kind of the limit
 * @param perHash bytes moved, or integer operations of 32 bits, per hash
 */
public record Bound(Kind kind, long perHash) {
    /** What a device runs out of. */
    public enum Kind {
        /** Bytes read in one piece after the other. */
        STREAM,
        /** Bytes read at random places, 128 at a time. */
        SCATTERED,
        /** Additions, logic and rotations of 32 bits. */
        INTEGER
    }
}

package filon.mining.pool.stratum;

import java.util.HexFormat;

/**
 * The version bits that miners may choose (BIP 310). A mask the pool sends counts at once, for jobs that came before it as well.
 *
 * <p>Written by the thread that serves pools, read by any.
 */
final class VersionRoom {
    /** The bits that BIP 320 leaves for this. */
    static final int WISHED = 0x1fffe000;

    static final int BITS_WISHED_LEAST = 2;
    private static final int NONE = 0;

    private volatile int mask = NONE;
    private volatile boolean negotiated;

    /** The pool granted it; from now on each share says its bits. */
    void grant(String hex) {
        mask = parsed(hex);
        negotiated = true;
    }

    /**
     * Changes what was granted; what was not stays so.
     *
     * @throws IllegalArgumentException if it is not hex of four bytes
     */
    void mask(String hex) {
        int next = parsed(hex);
        if (negotiated) {
            mask = next;
        }
    }

    private static int parsed(String hex) {
        if (hex.isEmpty() || hex.length() > 8) {
            throw new IllegalArgumentException("version mask of " + hex.length() + " hex digits, not 1 to 8");
        }
        return HexFormat.fromHexDigits(hex) & WISHED;
    }

    boolean isNegotiated() {
        return negotiated;
    }

    int mask() {
        return mask;
    }

    /** How many versions a mask allows. */
    static long count(int mask) {
        return 1L << Integer.bitCount(mask);
    }

    /** The index's bits, put where the mask has ones. */
    static int bits(int mask, long index) {
        return Integer.expand((int) index, mask);
    }
}

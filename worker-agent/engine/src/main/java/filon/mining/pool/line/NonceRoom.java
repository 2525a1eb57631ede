package filon.mining.pool.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import filon.mining.algorithm.NonceSpace;
import filon.mining.pool.PrintableText;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The nonces of 64 bits that a pool left us: those that begin with its extranonce. Handed out in slices that count up from a random
 * start over all jobs of a session, so that a job that is announced again finds fresh ones, and two rigs on one login without an
 * extranonce differ.
 *
 * <p>Safe for any thread.
 */
public final class NonceRoom {
    private static final int BITS_PER_DIGIT = 4;
    private static final int DIGITS_MAX = 14;
    private static final int SLICE_BITS_MAX = 40;
    /** A slice of 2^24 is searched in a batch or so. */
    private static final int SLICE_BITS_WANTED = 24;
    /** Slices that any room has, so that each device of a rig finds one. */
    private static final int SLICES_BITS_LEAST = 8;
    /** Slices that a room has where it can, as each change of jobs takes a fresh one. */
    private static final int SLICES_BITS_WANTED = 14;

    private final String extranonce;
    private final long prefix;
    private final int bits;
    private final int sliceBits;
    private long counter;

    /**
     * @param extranonce hex digits without 0x, the nonce's first; some pools end in the middle of a byte
     * @param start random; where in the room to begin
     * @throws IllegalArgumentException if it is not 0 to 14 hex digits
     */
    public NonceRoom(String extranonce, long start) {
        if (extranonce.length() > DIGITS_MAX) {
            throw new IllegalArgumentException(
                    "extranonce of " + extranonce.length() + " hex digits; a nonce of 16 has room for " + DIGITS_MAX);
        }
        this.extranonce = extranonce.toLowerCase(Locale.ROOT);
        this.bits = Long.SIZE - BITS_PER_DIGIT * extranonce.length();
        this.prefix = extranonce.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(extranonce) << bits;
        int least = Math.min(SLICE_BITS_WANTED, bits - SLICES_BITS_LEAST);
        this.sliceBits = Math.clamp(bits - SLICES_BITS_WANTED, least, SLICE_BITS_MAX);
        this.counter = start;
    }

    /**
     * As pools tell it: {@code "0029"}, or {@code "0029", 6}.
     *
     * @param ours bytes left to us; missing where the pool does not tell
     * @throws IllegalArgumentException if that is not hex of 0 to 7 bytes, or both together are not 8 bytes
     */
    public static NonceRoom of(JsonNode extranonce, JsonNode ours, long start) {
        NonceRoom room = new NonceRoom(PoolValues.hex(extranonce, "extranonce"), start);
        if (room.bits % Byte.SIZE != 0) {
            throw new IllegalArgumentException("extranonce " + room.extranonce + " ends in the middle of a byte");
        }
        boolean isTold = !ours.isMissingNode() && !ours.isNull();
        if (isTold && !ours.equals(IntNode.valueOf(room.bits / Byte.SIZE))) {
            throw new IllegalArgumentException("extranonce of " + room.extranonce.length() / 2 + " bytes and "
                    + PrintableText.of(ours.toString()) + " of ours are no nonce of 8");
        }
        return room;
    }

    /** In lower case. */
    public String extranonce() {
        return extranonce;
    }

    /** How many slices there are until they come again. */
    long slices() {
        return 1L << bits - sliceBits;
    }

    synchronized NonceSpace next() {
        long slice = counter & slices() - 1;
        counter++;
        return new NonceSpace(prefix | slice << sliceBits, sliceBits);
    }

    /** The nonce as 16 hex digits. */
    public static String whole(long nonce) {
        return HexFormat.of().toHexDigits(nonce);
    }

    /** The nonce without the pool's part, as hex digits. */
    public String ours(long nonce) {
        return whole(nonce).substring(extranonce.length());
    }
}

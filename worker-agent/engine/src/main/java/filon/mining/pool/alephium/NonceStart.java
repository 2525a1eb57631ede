package filon.mining.pool.alephium;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The first sixteen of a nonce's 24 bytes: the pool's extranonce, zeros, and eight bytes of ours, which count up from a random start, so
 * that no two works of a session are the same, nor those of two rigs that were given the same extranonce.
 *
 * <p>Safe for any thread.
 */
final class NonceStart {
    static final int LENGTH = 16;
    private static final int EXTRANONCE_LENGTH_MAX = LENGTH - Long.BYTES;

    private final byte[] extranonce;
    private final AtomicLong counter;

    /**
     * @param extranonce hex without 0x
     * @param start random
     * @throws IllegalArgumentException if it is not hex of 0 to 8 bytes
     */
    NonceStart(String extranonce, long start) {
        if (extranonce.length() > 2 * EXTRANONCE_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "extranonce of " + extranonce.length() / 2 + " bytes exceeds " + EXTRANONCE_LENGTH_MAX);
        }
        this.extranonce = HexFormat.of().parseHex(extranonce);
        this.counter = new AtomicLong(start);
    }

    /** In lower case. */
    String extranonce() {
        return HexFormat.of().formatHex(extranonce);
    }

    /** byte[16], never the same twice. */
    byte[] next() {
        return ByteBuffer.allocate(LENGTH)
                .put(extranonce)
                .putLong(EXTRANONCE_LENGTH_MAX, counter.getAndIncrement())
                .array();
    }
}

package filon.practice.dialect;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Hands out the pool's parts of nonces: no two are the same until as many were handed out as their first bytes can tell apart. */
final class Extranonces {
    private int next;

    Extranonces(long seed) {
        next = Long.hashCode(seed) << 8;
    }

    /**
     * Of so many bytes, told apart by the first of them.
     *
     * @param distinct how many of the first bytes differ from the last one's; 1 to 4
     */
    byte[] next(int bytes, int distinct) {
        byte[] counted = ByteBuffer.allocate(Integer.BYTES).putInt(next++).array();
        byte[] extranonce = Arrays.copyOf(Arrays.copyOfRange(counted, Integer.BYTES - distinct, Integer.BYTES), bytes);
        for (int i = distinct; i < bytes; i++) {
            extranonce[i] = (byte) (0x19 + 0x35 * i);
        }
        return extranonce;
    }
}

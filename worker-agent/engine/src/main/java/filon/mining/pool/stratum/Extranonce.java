package filon.mining.pool.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.PrintableText;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The pool's part of the coinbase and the room for ours. Values of ours count up from a random start over all jobs, so that
 * a job that is announced again finds fresh ones.
 *
 * @param first what the pool chose, put before ours
 * @param length bytes of ours
 */
record Extranonce(byte[] first, int length, AtomicLong counter) {
    static final int LENGTH_MAX = 32;
    private static final int COUNTED_BYTES_MAX = 7;

    /** @throws IllegalArgumentException if the pool's values are not hex and a number within the limits */
    static Extranonce of(JsonNode first, JsonNode length, long start) {
        if (!first.isTextual() || first.textValue().length() > 2 * LENGTH_MAX) {
            throw new IllegalArgumentException("extranonce1 is not hex of at most " + LENGTH_MAX + " bytes");
        }
        if (!length.isIntegralNumber()
                || !length.canConvertToInt()
                || length.intValue() < 0
                || length.intValue() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "extranonce2 size " + PrintableText.of(length.toString()) + " is not 0 to " + LENGTH_MAX);
        }
        byte[] bytes = HexFormat.of().parseHex(first.textValue());
        return new Extranonce(bytes, length.intValue(), new AtomicLong(start));
    }

    /** What makes the coinbase ours: where two sessions agree in it, a share of one counts in the other. */
    String identity() {
        return HexFormat.of().formatHex(first) + "+" + length;
    }

    /** How many values of ours there are; beyond seven bytes the rest stays zero. */
    long count() {
        return 1L << 8 * Math.min(length, COUNTED_BYTES_MAX);
    }

    byte[] next() {
        long value = counter.getAndIncrement() & count() - 1;
        byte[] bytes = new byte[length];
        for (int i = 0; i < Math.min(length, COUNTED_BYTES_MAX); i++) {
            bytes[length - 1 - i] = (byte) (value >>> 8 * i);
        }
        return bytes;
    }
}

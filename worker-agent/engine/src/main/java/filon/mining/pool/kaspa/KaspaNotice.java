package filon.mining.pool.kaspa;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.pool.PrintableText;
import filon.mining.pool.line.PoolValues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The parameters of {@code mining.notify}: id, the hash before proof of work as four numbers of 64 bits, each little-endian, timestamp in
 * milliseconds. Or id and 80 hex digits, the same forty bytes in the order in which they are hashed.
 *
 * <p>The bridge in Go writes the digits of each number of the hash the other way round in its hex form, but only for a miner that calls
 * itself BzMiner; rusty-kaspa's and miningcore write the bytes in order.
 *
 * @param header the hash, byte[32], and the timestamp, eight bytes, little-endian
 */
record KaspaNotice(String id, Header header) {
    private static final int WORDS = 4;
    private static final int HEADER_LENGTH = (WORDS + 1) * Long.BYTES;

    static KaspaNotice of(JsonNode params) {
        JsonNode hash = params.path(1);
        byte[] header = hash.isArray() ? header(hash, params.path(2)) : PoolValues.bytes(hash, HEADER_LENGTH, "header");
        return new KaspaNotice(PoolValues.jobId(params.path(0)), Header.of(header));
    }

    private static byte[] header(JsonNode words, JsonNode timestamp) {
        if (words.size() != WORDS) {
            throw new IllegalArgumentException("hash of " + words.size() + " numbers; it has " + WORDS);
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        words.forEach(word -> header.putLong(unsigned(word, "number of the hash")));
        return header.putLong(unsigned(timestamp, "timestamp")).array();
    }

    private static long unsigned(JsonNode node, String what) {
        boolean isOfSixtyFourBits = node.isIntegralNumber()
                && node.bigIntegerValue().signum() >= 0
                && node.bigIntegerValue().bitLength() <= Long.SIZE;
        if (!isOfSixtyFourBits) {
            throw new IllegalArgumentException(
                    what + " " + PrintableText.of(node.toString()) + " is not a number from 0 to 2^64 - 1");
        }
        return node.bigIntegerValue().longValue();
    }
}

package filon.practice.dialect;

import filon.mining.algorithm.Header;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Makes jobs with random hashes, one height after the other; the same seed makes the same. */
final class NonceJobs {
    private static final int HASH_BYTES = 32;
    private final Terms terms;
    private final BiFunction<Long, Header, String> ids;
    private final SplittableRandom random;
    private long height;
    private long number;

    /** @param ids names a job by its number and header */
    NonceJobs(Terms terms, BiFunction<Long, Header, String> ids) {
        this.terms = terms;
        this.ids = ids;
        this.random = new SplittableRandom(terms.seed());
        this.height = terms.height() - 1;
    }

    NonceJob nextBlock() {
        height++;
        return next();
    }

    NonceJob next() {
        number++;
        byte[] hash = new byte[HASH_BYTES];
        random.nextBytes(hash);
        // what is hashed beside the block's hash is the time in milliseconds, where there is something (Kaspa)
        byte[] prefix = ByteBuffer.allocate(
                        Math.max(HASH_BYTES + Long.BYTES, terms.algorithm().prefixLength()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(hash)
                .putLong(terms.clock().millis())
                .array();
        Header header = new Header(Arrays.copyOf(prefix, terms.algorithm().prefixLength()), height);
        return new NonceJob(
                ids.apply(number, header),
                number,
                header,
                terms.clock().instant().getEpochSecond());
    }
}

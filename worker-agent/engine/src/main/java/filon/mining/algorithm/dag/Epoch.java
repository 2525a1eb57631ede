package filon.mining.algorithm.dag;

import java.math.BigInteger;

/**
 * What one epoch hashes with.
 *
 * @param seedRounds how often 32 zero bytes are hashed to get the seed
 * @param cacheItems of 64 bytes, a prime number in real epochs
 * @param datasetPages of 128 bytes, a prime number in real epochs
 * @param parents items of the light cache that each item of 64 bytes of the dataset is made from
 */
public record Epoch(int number, int seedRounds, int cacheItems, int datasetPages, int parents) {
    public static final int ITEM_BYTES = 64;
    public static final int PAGE_BYTES = 128;
    /** Beyond it the pages of a dataset do not fit 31 bits. */
    private static final int NUMBER_MAX = 32_639;

    private static final long CACHE_BYTES_START = 1L << 24;
    private static final long CACHE_BYTES_GROWTH = 1L << 17;
    private static final long DATASET_BYTES_START = 1L << 30;
    private static final long DATASET_BYTES_GROWTH = 1L << 23;
    private static final int CERTAINTY = 100;

    /**
     * With the sizes of that number (Ethereum yellow paper, appendix J.2).
     *
     * @throws IllegalArgumentException if the epoch is beyond what this engine can count
     */
    public static Epoch of(long number, long seedRounds, int parents) {
        if (number > NUMBER_MAX) {
            throw new IllegalArgumentException("epoch " + number + " is beyond the last known, " + NUMBER_MAX);
        }
        long cache = CACHE_BYTES_START + CACHE_BYTES_GROWTH * number;
        long dataset = DATASET_BYTES_START + DATASET_BYTES_GROWTH * number;
        return new Epoch(
                (int) number,
                (int) seedRounds,
                primeBelow(cache / ITEM_BYTES - 1),
                primeBelow(dataset / PAGE_BYTES - 1),
                parents);
    }

    /** The largest prime that is the number, or less by an even one. */
    private static int primeBelow(long odd) {
        long candidate = odd;
        while (!BigInteger.valueOf(candidate).isProbablePrime(CERTAINTY)) {
            candidate -= 2;
        }
        return Math.toIntExact(candidate);
    }

    public long cacheBytes() {
        return (long) cacheItems * ITEM_BYTES;
    }

    public long datasetBytes() {
        return (long) datasetPages * PAGE_BYTES;
    }

    /** byte[32] */
    public byte[] seed() {
        byte[] seed = new byte[32];
        for (int i = 0; i < seedRounds; i++) {
            seed = Keccak.hash256(seed);
        }
        return seed;
    }
}

package filon.mining.algorithm.ethash;

import java.math.BigInteger;

/**
 * What one epoch hashes with.
 *
 * @param seedRounds how often 32 zero bytes are hashed to get the seed
 * @param cacheItems of 64 bytes, a prime number in real epochs
 * @param datasetPages of 128 bytes, a prime number in real epochs
 */
record Epoch(int number, int seedRounds, int cacheItems, int datasetPages) {
    static final int ITEM_BYTES = 64;
    static final int PAGE_BYTES = 128;
    private static final long CACHE_BYTES_START = 1L << 24;
    private static final long CACHE_BYTES_GROWTH = 1L << 17;
    private static final long DATASET_BYTES_START = 1L << 30;
    private static final long DATASET_BYTES_GROWTH = 1L << 23;
    private static final int CERTAINTY = 100;

    /** With the sizes of that number (Ethereum yellow paper, appendix J.2). */
    static Epoch of(int number, int seedRounds) {
        long cache = CACHE_BYTES_START + CACHE_BYTES_GROWTH * number;
        long dataset = DATASET_BYTES_START + DATASET_BYTES_GROWTH * number;
        return new Epoch(number, seedRounds, primeBelow(cache / ITEM_BYTES - 1), primeBelow(dataset / PAGE_BYTES - 1));
    }

    /** The largest prime that is the number, or less by an even one. */
    private static int primeBelow(long odd) {
        long candidate = odd;
        while (!BigInteger.valueOf(candidate).isProbablePrime(CERTAINTY)) {
            candidate -= 2;
        }
        return Math.toIntExact(candidate);
    }

    long cacheBytes() {
        return (long) cacheItems * ITEM_BYTES;
    }

    long datasetBytes() {
        return (long) datasetPages * PAGE_BYTES;
    }

    /** byte[32] */
    byte[] seed() {
        byte[] seed = new byte[32];
        for (int i = 0; i < seedRounds; i++) {
            seed = Keccak.hash256(seed);
        }
        return seed;
    }
}

package filon.mining.algorithm.kawpow;

import filon.mining.algorithm.dag.Epoch;
import java.util.List;

/**
 * The parameters of a member of the ProgPoW family (EIP-1057, revision 0.9.4) that KawPow's code takes as values. Its other
 * parameters are the constants below, those of the kernel, and the sizes of {@link Epoch}.
 *
 * @param epochLength blocks with one dataset
 * @param periodLength blocks with one random program
 * @param cacheAccesses words of the first 16 KiB that each lane reads per round
 * @param mathOperations of each lane per round
 * @param parents items of the light cache that a dataset item is made from
 * @param padding words 10 to 24 of the first Keccak state, the first nine of which are words 16 to 24 of the last
 * @param reducedPages of 128 bytes, of the one dataset for every height that kernels are proved with; 0 for real datasets
 */
record ProgPowRules(
        long epochLength,
        long periodLength,
        int cacheAccesses,
        int mathOperations,
        int parents,
        List<Integer> padding,
        int reducedPages) {
    static final int REGISTERS = 32;
    static final int LANES = 16;
    static final int ROUNDS = 64;
    static final int CACHE_WORDS = 4_096;
    static final int ITEM_WORDS = 64;
    static final int PAGES_PER_ITEM = 2;
    private static final int PADDING_WORDS = 15;
    private static final int REDUCED_CACHE_ITEMS = 1_024 / Epoch.ITEM_BYTES;
    private static final int REDUCED_PAGES = 32 * 1_024 / Epoch.PAGE_BYTES;

    ProgPowRules {
        padding = List.copyOf(padding);
        if (padding.size() != PADDING_WORDS) {
            throw new IllegalArgumentException(padding.size() + " words of padding; there are " + PADDING_WORDS);
        }
    }

    /** Ravencoin's since its block 1,219,736 (Ravencoin, src/crypto/ethash). */
    static ProgPowRules kawpow() {
        List<Integer> name = "rAVENCOINKAWPOW".chars().boxed().toList();
        return new ProgPowRules(7_500, 3, 11, 18, 512, name, 0);
    }

    /** With one dataset of 32 KiB for every height, to prove kernels with. */
    ProgPowRules reduced() {
        return reduced(REDUCED_PAGES);
    }

    /** With one dataset of so many pages for every height. */
    ProgPowRules reduced(int pages) {
        return new ProgPowRules(epochLength, periodLength, cacheAccesses, mathOperations, parents, padding, pages);
    }

    boolean isReduced() {
        return reducedPages > 0;
    }

    Epoch epochAt(long height) {
        if (isReduced()) {
            return new Epoch(0, 0, REDUCED_CACHE_ITEMS, reducedPages, parents);
        }
        long number = height / epochLength;
        return Epoch.of(number, number, parents);
    }

    long periodAt(long height) {
        return height / periodLength;
    }

    /** Items of 256 bytes of a dataset. */
    static int items(Epoch epoch) {
        return epoch.datasetPages() / PAGES_PER_ITEM;
    }
}

package filon.mining.algorithm.autolykos2;

/** How many elements the table of a height has (Ergo, AutolykosPowScheme.calcN, for blocks of version 2). */
enum TableSize {
    ERGO {
        @Override
        int at(long height) {
            if (height < GROWTH_START) {
                return BASE;
            }
            long steps = (Math.min(height, GROWTH_END) - GROWTH_START) / GROWTH_PERIOD + 1;
            int size = BASE;
            for (long step = 0; step < steps; step++) {
                // in this order: the division drops what is below a hundred
                size = size / 100 * 105;
            }
            return size;
        }
    },
    /** To prove kernels with, for every height. */
    REDUCED {
        @Override
        int at(long height) {
            return 1 << 12;
        }
    };

    private static final int BASE = 1 << 26;
    private static final long GROWTH_START = 614_400;
    private static final long GROWTH_PERIOD = 51_200;
    private static final long GROWTH_END = 4_198_400;

    abstract int at(long height);
}

package filon.mining.algorithm.autolykos2;

/** How many elements the table of a height has. */
@FunctionalInterface
interface TableSize {
    /** Ergo, AutolykosPowScheme.calcN, for blocks of version 2. */
    TableSize ERGO = TableSize::ofErgo;

    /** To prove kernels with, for every height. */
    TableSize REDUCED = _ -> 1 << 12;

    int at(long height);

    private static int ofErgo(long height) {
        int base = 1 << 26;
        long growthStart = 614_400;
        long growthPeriod = 51_200;
        long growthEnd = 4_198_400;
        if (height < growthStart) {
            return base;
        }
        long steps = (Math.min(height, growthEnd) - growthStart) / growthPeriod + 1;
        int size = base;
        for (long step = 0; step < steps; step++) {
            // in this order: the division drops what is below a hundred
            size = size / 100 * 105;
        }
        return size;
    }
}

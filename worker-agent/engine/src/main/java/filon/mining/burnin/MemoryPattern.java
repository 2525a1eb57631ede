package filon.mining.burnin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is written to every word of a device's memory; {@code memory.cl} says how it is computed. */
record MemoryPattern(Kind kind, int seed, boolean isInverted) {
    static final MemoryPattern ZEROS = new MemoryPattern(Kind.SAME, 0, false);

    private static final MemoryPattern ONES = new MemoryPattern(Kind.SAME, 0, true);
    private static final int WALK = 8;

    /** In the order of the kernel's numbers. */
    enum Kind {
        SAME,
        ADDRESS,
        WALKING,
        RANDOM
    }

    /**
     * Each kind and then its inverse, in several rounds, so that every bit of every word is seen to hold both values. The last leaves zeros.
     *
     * @param seed of the random patterns
     */
    static List<MemoryPattern> all(int rounds, int seed) {
        List<MemoryPattern> patterns = new ArrayList<>(List.of(ONES));
        for (int round = 0; round < rounds; round++) {
            addBoth(patterns, Kind.ADDRESS, 0);
            addBoth(patterns, Kind.WALKING, round * WALK);
            addBoth(patterns, Kind.RANDOM, seed + round);
        }
        patterns.add(ZEROS);
        return List.copyOf(patterns);
    }

    private static void addBoth(List<MemoryPattern> patterns, Kind kind, int seed) {
        patterns.add(new MemoryPattern(kind, seed, false));
        patterns.add(new MemoryPattern(kind, seed, true));
    }

    int inversion() {
        return isInverted ? -1 : 0;
    }

    @Override
    public String toString() {
        String name =
                switch (kind) {
                    case SAME -> isInverted ? "ones" : "zeros";
                    case ADDRESS -> "addresses";
                    case WALKING -> "walking bit " + seed;
                    case RANDOM -> String.format(Locale.ROOT, "random %08x", seed);
                };
        return kind != Kind.SAME && isInverted ? name + " inverted" : name;
    }
}

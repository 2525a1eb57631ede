package filon.mining.algorithm;

/**
 * How a kernel is built and launched on one device. Never changes what it finds.
 *
 * @param vectorWidth nonces per instruction: 1, 2, 4, 8 or 16
 * @param workGroupSize work-items per group, a power of two
 * @param itemsPerThread vectors of nonces one work-item tries
 * @param compilerOptions added to the build options, for example {@code -cl-opt-disable}
 */
public record SearchTuning(int vectorWidth, int workGroupSize, int itemsPerThread, String compilerOptions) {
    public SearchTuning {
        requirePowerOfTwo("vector width", vectorWidth, 16);
        requirePowerOfTwo("work-group size", workGroupSize, 4096);
        requirePowerOfTwo("items per thread", itemsPerThread, 4096);
    }

    /**
     * As {@link #toString} writes it: vector width, work-group size, items per thread.
     *
     * @throws IllegalArgumentException if it is not three powers of two
     */
    public static SearchTuning of(String text) {
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 3) {
                return new SearchTuning(
                        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), "");
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("tuning " + text + " has a part that is no number", e);
        }
        throw new IllegalArgumentException(
                "tuning " + text + " is not vector width, work-group size, items per thread; for example 16,16,64");
    }

    @Override
    public String toString() {
        return vectorWidth + "," + workGroupSize + "," + itemsPerThread;
    }

    private static void requirePowerOfTwo(String what, int value, int limit) {
        if (value < 1 || value > limit || Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(what + " " + value + " is not a power of two from 1 to " + limit);
        }
    }
}

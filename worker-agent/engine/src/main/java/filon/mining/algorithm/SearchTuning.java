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

    private static void requirePowerOfTwo(String what, int value, int limit) {
        if (value < 1 || value > limit || Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException(what + " " + value + " is not a power of two from 1 to " + limit);
        }
    }
}

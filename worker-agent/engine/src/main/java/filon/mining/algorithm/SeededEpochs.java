package filon.mining.algorithm;

/** An algorithm whose pools name an epoch, by its seed or its number, instead of a height. */
public interface SeededEpochs {
    /** Epochs from this one on are not looked for: their light caches have 285 MB and more, their datasets 18 GB. */
    int EPOCHS_MAX = 2_048;

    /**
     * A height of the epoch.
     *
     * @param seed byte[32]
     * @throws IllegalArgumentException if no epoch of the algorithm has that seed
     */
    long heightOf(byte[] seed);

    /**
     * Whether the height lies in the epoch.
     *
     * @param epoch counted in any way that this algorithm's pools count
     */
    boolean isIn(long epoch, long height);
}

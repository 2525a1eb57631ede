package filon.mining.algorithm;

/** When to look whether a batch has ended, of batches that follow each other on the device without a gap. Belongs to one thread. */
final class LookTimes {
    /** For what may end any moment. */
    static final long STEP_NANOS_MIN = 100_000;

    private static final int STEPS_PER_BATCH = 16;
    private static final int GROWTH_MAX = 2;
    private static final long STEP_NANOS_MAX = 1_000_000;

    private long batchNanos;
    private long lastLookNanos;

    /**
     * Until one step before the batch is likely to end, then in steps. Not until its end: the look that found the last one was late, and
     * so this would be, and the next more so, until hits lay there for half a batch on average.
     *
     * @param now on the monotonic clock
     */
    long untilNextNanos(long now) {
        long stepNanos = Math.clamp(batchNanos / STEPS_PER_BATCH, STEP_NANOS_MIN, STEP_NANOS_MAX);
        return Math.max(stepNanos, batchNanos - stepNanos - (now - lastLookNanos));
    }

    /**
     * A look found that a batch has ended that took the device so long; that the next will take as long is likely. But not where it took
     * far longer than the one before: after a hitch the device would stand still for as long again.
     */
    void ended(long now, long deviceNanos) {
        lastLookNanos = now;
        batchNanos = Math.min(deviceNanos, Math.max(STEP_NANOS_MAX, GROWTH_MAX * batchNanos));
    }

    /** A look found the end of a batch that was given up: how long it took says nothing. */
    void endedEarly(long now) {
        lastLookNanos = now;
    }
}

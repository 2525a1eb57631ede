package filon.mining.algorithm;

import java.time.Duration;

/**
 * Steers how many nonces (or items of a table) a batch has so that a batch takes a wanted time: long enough that launching costs nothing, short
 * enough that a new job is not kept waiting. Belongs to one thread.
 */
public final class BatchLength {
    private static final double CHANGE_MAX = 2.0;

    private final int granularity;
    private final long longest;
    private final long wantedNanos;
    private long length;

    /**
     * @param granularity every length is a multiple of it
     * @param start length of the first batch
     */
    public BatchLength(int granularity, long longest, long start, Duration wanted) {
        this.granularity = granularity;
        this.longest = longest;
        this.wantedNanos = wanted.toNanos();
        this.length = rounded(start);
    }

    public long current() {
        return length;
    }

    /** A batch of so many nonces took so long. */
    public void took(long nonces, long nanos) {
        double factor = nanos <= 0 ? CHANGE_MAX : (double) wantedNanos / nanos * nonces / length;
        length = rounded((long) (length * Math.clamp(factor, 1 / CHANGE_MAX, CHANGE_MAX)));
    }

    private long rounded(long wanted) {
        long units = Math.clamp(wanted / granularity, 1, longest / granularity);
        return units * granularity;
    }
}

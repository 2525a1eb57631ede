package filon.mining.engine;

import java.time.Duration;

/**
 * How long a trial is measured at a time.
 *
 * @param time at least; what is queued then still counts
 * @param batch how long a batch is wanted to take
 */
public record Slice(Duration time, Duration batch) {
    private static final int BATCHES_MIN = 4;
    private static final Duration TIME_MIN = Duration.ofMillis(10);
    private static final Duration TIME_MAX = Duration.ofSeconds(1);

    /** A slice of about this length, with batches as long as when mining where it has room for a few. */
    static Slice of(Duration wanted) {
        Duration time = clamped(wanted);
        Duration batch = time.dividedBy(BATCHES_MIN);
        return new Slice(time, batch.compareTo(MinerOrder.BATCH_USUAL) > 0 ? MinerOrder.BATCH_USUAL : batch);
    }

    private static Duration clamped(Duration wanted) {
        if (wanted.compareTo(TIME_MIN) < 0) {
            return TIME_MIN;
        }
        return wanted.compareTo(TIME_MAX) > 0 ? TIME_MAX : wanted;
    }
}

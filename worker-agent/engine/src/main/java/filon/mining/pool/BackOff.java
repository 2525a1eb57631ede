package filon.mining.pool;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubling from first to longest, spread over the upper half of each step. */
final class BackOff {
    private static final int DOUBLINGS_MAX = 30;
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    BackOff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    Duration next() {
        long step = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, DOUBLINGS_MAX));
        failures++;
        return Duration.ofMillis(step / 2 + random.nextLong(step / 2 + 1));
    }

    void reset() {
        failures = 0;
    }
}

package filon.simulation.workload;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time of a simulated host: a monotonic clock that it shares with the whole fleet, and a wall clock of its own.
 *
 * @param beginNanos when the fleet began, on the monotonic clock
 */
public record SimulationTime(LongSupplier nanos, long beginNanos, Clock clock) {
    /** Since the fleet began. */
    public Duration now() {
        return Duration.ofNanos(nanos.getAsLong() - beginNanos);
    }

    /** A moment of the fleet on the monotonic clock. */
    public long nanosAt(Duration moment) {
        return beginNanos + moment.toNanos();
    }
}

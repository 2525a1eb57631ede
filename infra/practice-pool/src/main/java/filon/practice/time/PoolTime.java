package filon.practice.time;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The time a pool lives in: it has none of its own, so that a test can move it.
 *
 * @param clock what jobs and receipts are dated with
 * @param nanos a monotonic clock, in nanoseconds
 */
public record PoolTime(Clock clock, LongSupplier nanos, Scheduler scheduler) {}

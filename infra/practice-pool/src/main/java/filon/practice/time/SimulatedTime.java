package filon.practice.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * A time that stands still until a test moves it; what was planned happens while it moves, in the order of its times and, at the same
 * time, in the order in which it was planned. Belongs to one thread.
 */
public final class SimulatedTime implements Scheduler {
    private final Instant start;
    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparingLong(Planned::nanos).thenComparingLong(Planned::number));
    private long nowNanos;
    private long numbers;

    private record Planned(long nanos, long number, Runnable task) {}

    public SimulatedTime(Instant start) {
        this.start = start;
    }

    /** What a pool is given. */
    public PoolTime poolTime() {
        return new PoolTime(clock(), this::nanos, this);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        planned.add(new Planned(nowNanos + Math.max(0, delay.toNanos()), numbers++, task));
    }

    /** Moves on by an amount; all that falls into it happens at its time. */
    public void advance(Duration amount) {
        long until = nowNanos + amount.toNanos();
        while (!planned.isEmpty() && planned.peek().nanos() <= until) {
            runNext();
        }
        nowNanos = until;
    }

    /** When the next of what is planned happens, on {@link #nanos}. */
    public OptionalLong nextNanos() {
        return planned.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(planned.peek().nanos());
    }

    private void runNext() {
        Planned next = planned.remove();
        nowNanos = next.nanos();
        next.task().run();
    }

    /** Nanoseconds since the start. */
    public long nanos() {
        return nowNanos;
    }

    /** The same time as a clock. */
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return start.plusNanos(nowNanos);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return Clock.fixed(instant(), zone);
            }
        };
    }
}

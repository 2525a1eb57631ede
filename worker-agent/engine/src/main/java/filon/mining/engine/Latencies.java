package filon.mining.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last {@value #KEPT} of many durations, and how they are spread. Safe for any thread. */
public final class Latencies {
    static final int KEPT = 10_000;

    private final Deque<Long> last = new ArrayDeque<>();

    synchronized void add(long nanos) {
        last.add(nanos);
        if (last.size() > KEPT) {
            last.remove();
        }
    }

    public synchronized int count() {
        return last.size();
    }

    /**
     * The duration that this share of them does not exceed, in nanoseconds; zero where there are none.
     *
     * @param share 0 to 1
     */
    public synchronized long quantileNanos(double share) {
        long[] sorted = last.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.clamp(Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }
}

package filon.mining.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/** A growing count's rate over its last ten seconds. Belongs to one thread. */
public final class RateWindow {
    private static final long LENGTH_NANOS = 10_000_000_000L;

    private final Deque<Point> points = new ArrayDeque<>();

    private record Point(long nanos, long count) {}

    public void add(long nanos, long count) {
        points.add(new Point(nanos, count));
        while (points.size() > 2 && nanos - points.getFirst().nanos() > LENGTH_NANOS) {
            points.removeFirst();
        }
    }

    public double perSecond() {
        Point first = points.getFirst();
        Point last = points.getLast();
        long nanos = last.nanos() - first.nanos();
        return nanos <= 0 ? 0 : (last.count() - first.count()) / (nanos / 1e9);
    }
}

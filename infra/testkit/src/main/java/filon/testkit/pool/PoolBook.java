package filon.testkit.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the pool remembers of shares; bounded, so that a hostile or a very long visit costs no more memory. */
final class PoolBook {
    private static final int SHARES_MAX = 10_000;
    private static final int WORKERS_MAX = 10_000;
    static final int NAME_MAX = 128;
    private final Deque<PoolShare> shares = new ArrayDeque<>();
    private final Map<String, PoolCounts> workers = new HashMap<>();
    private PoolCounts total = PoolCounts.NONE;

    synchronized void accepted(PoolShare share) {
        total = total.plusAccepted();
        shares.addLast(share);
        if (shares.size() > SHARES_MAX) {
            shares.removeFirst();
        }
        if (mayCount(share.worker())) {
            workers.put(share.worker(), countsOf(share.worker()).plusAccepted());
        }
    }

    synchronized void refused(String worker, PoolError error) {
        total = total.plusRefused(error);
        if (mayCount(worker)) {
            workers.put(worker, countsOf(worker).plusRefused(error));
        }
    }

    private boolean mayCount(String worker) {
        return worker.length() <= NAME_MAX && (workers.size() < WORKERS_MAX || workers.containsKey(worker));
    }

    synchronized PoolCounts countsOf(String worker) {
        return workers.getOrDefault(worker, PoolCounts.NONE);
    }

    synchronized PoolCounts total() {
        return total;
    }

    synchronized List<PoolShare> shares() {
        return List.copyOf(shares);
    }
}

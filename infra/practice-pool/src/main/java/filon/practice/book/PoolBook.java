package filon.practice.book;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the pool remembers of submissions; bounded, so that a hostile or a very long visit costs no more memory. The totals stay exact.
 * Not safe for several threads: its pool guards it.
 */
public final class PoolBook {
    public static final int NAME_MAX = 128;
    private static final int RECEIPTS_MAX = 10_000;
    private static final int WORKERS_MAX = 10_000;
    private final Map<Long, Receipt> receipts = new LinkedHashMap<>();
    private final Map<String, PoolCounts> workers = new HashMap<>();
    private Consumer<Receipt> listener = receipt -> {};
    private PoolCounts total = PoolCounts.NONE;
    private long submissions;

    /** @param listener is told of every receipt when its answer is sent or lost, and must not wait */
    public void listen(Consumer<Receipt> listener) {
        this.listener = listener;
    }

    /** The number of the next receipt. */
    public long nextNumber() {
        submissions++;
        return submissions;
    }

    /** Enters a submission whose answer is pending. */
    public void enter(Receipt receipt) {
        receipts.put(receipt.number(), receipt);
        if (receipts.size() > RECEIPTS_MAX) {
            receipts.remove(receipts.keySet().iterator().next());
        }
        total = total.plus(receipt.verdict());
        if (mayCount(receipt.worker())) {
            workers.put(receipt.worker(), countsOf(receipt.worker()).plus(receipt.verdict()));
        }
    }

    /** The answer got this far; what comes after the first time changes nothing. */
    public void settle(Receipt receipt, Receipt.Answer answer) {
        Receipt settled = receipt.with(answer);
        receipts.computeIfPresent(receipt.number(), (number, before) -> settled);
        total = total.plus(answer);
        listener.accept(settled);
    }

    private boolean mayCount(String worker) {
        return worker.length() <= NAME_MAX && (workers.size() < WORKERS_MAX || workers.containsKey(worker));
    }

    public PoolCounts countsOf(String worker) {
        return workers.getOrDefault(worker, PoolCounts.NONE);
    }

    /** What came from all workers, the refused and the nameless ones too. */
    public PoolCounts total() {
        return total;
    }

    /** The last ones, oldest first. */
    public List<Receipt> receipts() {
        return List.copyOf(receipts.values());
    }
}

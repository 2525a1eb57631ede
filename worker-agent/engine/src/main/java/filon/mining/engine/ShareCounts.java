package filon.mining.engine;

import filon.mining.pool.ShareVerdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What became of a miner's shares. Safe for any thread. */
public final class ShareCounts {
    private static final int REASONS_MAX = 32;
    private static final String OTHER = "other";

    private final Latencies answers = new Latencies();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Map<String, Long> rejected = new ConcurrentHashMap<>();
    private final Map<String, Long> stale = new ConcurrentHashMap<>();

    /** @param latencyMillis from sending to the answer; zero where there was none */
    void judged(ShareVerdict verdict, long latencyMillis) {
        if (latencyMillis > 0) {
            answers.add(latencyMillis * 1_000_000);
        }
        judged(verdict);
    }

    private void judged(ShareVerdict verdict) {
        switch (verdict) {
            case ShareVerdict.Accepted _ -> accepted.incrementAndGet();
            case ShareVerdict.Unanswered _ -> unanswered.incrementAndGet();
            case ShareVerdict.Duplicate _ -> count(rejected, "duplicate");
            case ShareVerdict.Rejected refused -> count(rejected, String.valueOf(refused.code()));
            case ShareVerdict.Stale late ->
                count(stale, late.code() == 0 ? late.reason() : late.delay().text());
        }
    }

    /** A pool chooses its codes; what it can make us remember is bounded. */
    private static void count(Map<String, Long> counts, String cause) {
        boolean isRoom = counts.containsKey(cause) || counts.size() < REASONS_MAX;
        counts.merge(isRoom ? cause : OTHER, 1L, Long::sum);
    }

    public long accepted() {
        return accepted.get();
    }

    /** By the pool's code. */
    public Map<String, Long> rejected() {
        return new TreeMap<>(rejected);
    }

    /** By cause. */
    public Map<String, Long> stale() {
        return new TreeMap<>(stale);
    }

    public long unanswered() {
        return unanswered.get();
    }

    /** How long pools took to answer. */
    public Latencies answers() {
        return answers;
    }

    public long rejectedInAll() {
        return sum(rejected);
    }

    public long staleInAll() {
        return sum(stale);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}

package filon.practice.book;

import java.util.EnumMap;
import java.util.Map;

/**
 * What came from one worker, or from all, so far.
 *
 * @param sent answers that were handed to the wire, and
 * @param lost answers that never were; both are counted for all workers together only
 */
public record PoolCounts(long accepted, Map<PoolError, Long> refused, long sent, long lost) {
    static final PoolCounts NONE = new PoolCounts(0, Map.of(), 0, 0);

    public PoolCounts {
        refused = Map.copyOf(refused);
    }

    PoolCounts plus(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> new PoolCounts(accepted + 1, refused, sent, lost);
            case Verdict.Refused one -> plusRefused(one.error());
        };
    }

    private PoolCounts plusRefused(PoolError error) {
        Map<PoolError, Long> next = new EnumMap<>(PoolError.class);
        next.putAll(refused);
        next.merge(error, 1L, Long::sum);
        return new PoolCounts(accepted, next, sent, lost);
    }

    PoolCounts plus(Receipt.Answer answer) {
        return switch (answer) {
            case PENDING -> this;
            case SENT -> new PoolCounts(accepted, refused, sent + 1, lost);
            case LOST -> new PoolCounts(accepted, refused, sent, lost + 1);
        };
    }

    public long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    public long refusals(PoolError error) {
        return refused.getOrDefault(error, 0L);
    }
}

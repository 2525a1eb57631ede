package filon.testkit.pool;

import java.util.EnumMap;
import java.util.Map;

/** What came from one worker, or from all, so far. */
public record PoolCounts(long accepted, Map<PoolError, Long> refused) {
    static final PoolCounts NONE = new PoolCounts(0, Map.of());

    public PoolCounts {
        refused = Map.copyOf(refused);
    }

    PoolCounts plusAccepted() {
        return new PoolCounts(accepted + 1, refused);
    }

    PoolCounts plusRefused(PoolError error) {
        Map<PoolError, Long> next = new EnumMap<>(PoolError.class);
        next.putAll(refused);
        next.merge(error, 1L, Long::sum);
        return new PoolCounts(accepted, next);
    }

    public long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    public long refusals(PoolError error) {
        return refused.getOrDefault(error, 0L);
    }
}

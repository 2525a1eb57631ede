package filon.mining.plan;

import filon.mining.pool.PoolOrder;
import java.time.Duration;
import java.util.List;

/**
 * What a miner's devices work for.
 *
 * @param slice how long a device works for one portion before it may change to another; {@link #SLICE_LEAST} at least
 */
public record WorkPlan(List<Portion> portions, Split split, Duration slice) {
    public static final Duration SLICE_USUAL = Duration.ofMinutes(1);
    public static final Duration SLICE_LEAST = Duration.ofSeconds(1);
    public static final int PORTIONS_MAX = 16;

    /** How devices are divided. */
    public enum Split {
        /** Each device works for one portion after the other. */
        TIME,
        /** Each device works for one portion, as long as there are as many devices as portions; else as {@link #TIME}. */
        DEVICES
    }

    public WorkPlan {
        if (portions.isEmpty() || portions.size() > PORTIONS_MAX) {
            throw new IllegalArgumentException(portions.size() + " portions of work; there are 1 to " + PORTIONS_MAX);
        }
        if (portions.stream().map(Portion::name).distinct().count() < portions.size()) {
            throw new IllegalArgumentException("two portions of work have the same name");
        }
        if (slice.compareTo(SLICE_LEAST) < 0) {
            throw new IllegalArgumentException(
                    "slice of " + slice.toMillis() + " ms is shorter than " + SLICE_LEAST.toMillis() + " ms");
        }
        portions = List.copyOf(portions);
    }

    /** These pools get all of it. */
    public static WorkPlan of(List<PoolOrder> pools) {
        return new WorkPlan(List.of(Portion.all(pools)), Split.TIME, SLICE_USUAL);
    }
}

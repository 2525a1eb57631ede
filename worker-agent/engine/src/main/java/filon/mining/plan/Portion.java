package filon.mining.plan;

import filon.mining.pool.PoolOrder;
import java.util.List;

/**
 * A part of the work: pools in order of preference, one wallet mostly.
 *
 * @param name of no other portion of its plan
 * @param weight of all work done while several portions take part, this many of the weights' sum are its own; 1 to {@value #WEIGHT_MAX}
 */
public record Portion(String name, List<PoolOrder> pools, int weight, Schedule schedule) {
    public static final int WEIGHT_MAX = 1_000_000;

    public Portion {
        if (weight < 1 || weight > WEIGHT_MAX) {
            throw new IllegalArgumentException("weight " + weight + " is not within 1 to " + WEIGHT_MAX);
        }
        pools = List.copyOf(pools);
    }

    /** All the work there is, always. */
    public static Portion all(List<PoolOrder> pools) {
        return new Portion("all", pools, 1, new Schedule.Always());
    }
}

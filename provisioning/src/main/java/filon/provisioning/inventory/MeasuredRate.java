package filon.provisioning.inventory;

import filon.contracts.value.Algorithm;
import filon.contracts.value.HashRate;
import java.time.Instant;

/**
 * What a burn-in measured of one GPU for one algorithm.
 *
 * @param median of its samples, what placement compares with the minimum of an order
 * @param low the slowest sample
 * @param high the fastest sample
 */
public record MeasuredRate(Algorithm algorithm, HashRate median, HashRate low, HashRate high, Instant measuredAt) {
    public MeasuredRate {
        if (low.hashesPerSecond() > median.hashesPerSecond() || median.hashesPerSecond() > high.hashesPerSecond()) {
            throw new IllegalArgumentException(
                    "a median of " + median + " does not lie between " + low + " and " + high);
        }
    }
}

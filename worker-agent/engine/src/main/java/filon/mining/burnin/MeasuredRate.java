package filon.mining.burnin;

import java.time.Instant;
import java.util.List;

/**
 * What a device was measured to hash with one algorithm, in several runs.
 *
 * @param medianHs hashes a second of the run in the middle; {@code lowHs} and {@code highHs} of the slowest and the fastest
 * @param relativeSpread from the slowest to the fastest, as a share of the median
 * @param seconds all runs together
 */
public record MeasuredRate(
        String algorithm,
        long medianHs,
        long lowHs,
        long highHs,
        double relativeSpread,
        int runs,
        double seconds,
        Instant measuredAt) {

    static MeasuredRate of(String algorithm, List<Double> rates, double seconds, Instant measuredAt) {
        List<Long> sorted =
                rates.stream().map(rate -> (long) (double) rate).sorted().toList();
        long median = sorted.get(sorted.size() / 2);
        return new MeasuredRate(
                algorithm,
                median,
                sorted.getFirst(),
                sorted.getLast(),
                (sorted.getLast() - sorted.getFirst()) / (double) Math.max(1, median),
                sorted.size(),
                seconds,
                measuredAt);
    }
}

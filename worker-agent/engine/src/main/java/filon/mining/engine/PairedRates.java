package filon.mining.engine;

import java.util.List;

/**
 * Rates of a tuning, each beside the usual tuning's of the same moment, so that what slows the machine slows both.
 *
 * @param pairs never empty
 */
public record PairedRates(List<Pair> pairs) {
    /** A hash a second and above. */
    public record Pair(double usual, double other) {
        double ratio() {
            return other / Math.max(1, usual);
        }
    }

    public PairedRates {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("no pair of rates was measured");
        }
    }

    /** How many times as fast as the usual tuning, by the median of the pairs. */
    public double ratio() {
        return sortedRatios().get(pairs.size() / 2);
    }

    /** What three of four pairs reach. */
    public double ratioOfMost() {
        return sortedRatios().get(pairs.size() / 4);
    }

    private List<Double> sortedRatios() {
        return pairs.stream().map(Pair::ratio).sorted().toList();
    }

    public double hashesPerSecond() {
        return pairs.stream().map(Pair::other).sorted().toList().get(pairs.size() / 2);
    }

    public double usualHashesPerSecond() {
        return pairs.stream().map(Pair::usual).sorted().toList().get(pairs.size() / 2);
    }
}

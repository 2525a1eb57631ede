package filon.mining.engine;

import filon.mining.algorithm.SearchTuning;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a search for a better tuning came to.
 *
 * @param tried in the order tried, without the usual one
 * @param untried candidates that the time was too short for
 * @param confirmation of the best candidate, measured anew; empty where none was faster than the usual one
 * @param taken without the making of tables
 */
public record TuningReport(
        SearchTuning usual,
        List<TriedTuning> tried,
        int untried,
        Optional<TriedTuning.Measured> confirmation,
        Duration taken) {
    /** A smaller gain is noise. */
    static final double GAIN_MIN = 0.02;

    public TuningReport {
        tried = List.copyOf(tried);
    }

    /**
     * The best candidate if it was confirmed, else the usual one: confirmed is what gains more than {@value #GAIN_MIN} by the median, and
     * is ahead in three of four pairs.
     */
    public SearchTuning chosen() {
        return isConfirmed() ? confirmation.orElseThrow().tuning() : usual;
    }

    public boolean isConfirmed() {
        return confirmation
                .map(TriedTuning.Measured::rates)
                .filter(rates -> rates.ratio() > 1 + GAIN_MIN && rates.ratioOfMost() > 1)
                .isPresent();
    }

    /** What is gained by the chosen tuning, as a share of the usual one's rate; zero if that stays. */
    public double gain() {
        return isConfirmed() ? confirmation.orElseThrow().rates().ratio() - 1 : 0;
    }

    /** The fastest first. */
    public List<TriedTuning.Measured> measured() {
        return tried.stream()
                .filter(TriedTuning.Measured.class::isInstance)
                .map(TriedTuning.Measured.class::cast)
                .sorted(Comparator.comparingDouble(
                                (TriedTuning.Measured each) -> each.rates().ratio())
                        .reversed())
                .toList();
    }

    public List<TriedTuning.LeftOut> leftOut() {
        return tried.stream()
                .filter(TriedTuning.LeftOut.class::isInstance)
                .map(TriedTuning.LeftOut.class::cast)
                .toList();
    }
}

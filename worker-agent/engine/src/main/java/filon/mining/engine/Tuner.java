package filon.mining.engine;

import filon.contracts.value.HashRate;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.SearchTuning;
import filon.mining.opencl.OpenClException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Searches a device's best tuning among an algorithm's candidates, for a limited time.
 *
 * <pre>
 * first 70 % of the time   candidates, those nearest to the best so far first; each in {@value #PAIRS} pairs of short slices with the usual
 *                          tuning, in turns; one that is far behind after {@value #PAIRS_TO_JUDGE} is given up
 * then                     the best once more, in {@value #PAIRS_TO_CONFIRM} pairs of longer slices
 * </pre>
 *
 * A candidate that fails is left out and reported; what building and proving the usual tuning throws is thrown. No candidate is begun
 * for which, by the slowest so far, the time is too short. For one search.
 */
public final class Tuner {
    static final int PAIRS = 5;
    static final int PAIRS_TO_JUDGE = 2;
    static final int PAIRS_TO_CONFIRM = 15;
    private static final double FAR_BEHIND = 0.85;
    private static final double SEARCHING_SHARE = 0.7;
    private static final int SLICES_OF_SEARCH = 300;
    /** Two for each pair take a quarter of the time, with what each runs over. */
    private static final int SLICES_OF_CONFIRMATION = 10 * PAIRS_TO_CONFIRM;

    private final Trials trials;
    private final LongSupplier ticker;
    private final Duration budget;
    private final PrintWriter out;
    private final Slice searching;
    private final Slice confirming;
    private final List<TriedTuning> tried = new ArrayList<>();

    /** @param out gets a line for each candidate */
    public Tuner(Trials trials, LongSupplier ticker, Duration budget, PrintWriter out) {
        this.trials = trials;
        this.ticker = ticker;
        this.budget = budget;
        this.out = out;
        this.searching = Slice.of(budget.dividedBy(SLICES_OF_SEARCH));
        this.confirming = Slice.of(budget.dividedBy(SLICES_OF_CONFIRMATION));
    }

    /**
     * @param candidates the usual one first
     * @throws DeviceWrongException if the usual one computes wrong
     * @throws OpenClException if the usual one does not build, or the device has no room for it
     */
    public TuningReport tune(List<SearchTuning> candidates) {
        long begin = ticker.getAsLong();
        Set<SearchTuning> untried = new LinkedHashSet<>(candidates);
        SearchTuning usual = candidates.getFirst();
        untried.remove(usual);
        try (Trial ofUsual = trials.of(usual)) {
            ofUsual.rate(searching);
            search(ofUsual, usual, untried, begin);
            Optional<TriedTuning.Measured> confirmation = fastest()
                    .filter(best -> best.rates().ratio() > 1)
                    .flatMap(best -> confirmed(ofUsual, best.tuning()));
            Duration taken = Duration.ofNanos(ticker.getAsLong() - begin);
            return new TuningReport(usual, tried, untried.size(), confirmation, taken);
        }
    }

    private void search(Trial ofUsual, SearchTuning usual, Set<SearchTuning> untried, long begin) {
        long end = begin + (long) (budget.toNanos() * SEARCHING_SHARE);
        long longest = 0;
        long now = ticker.getAsLong();
        while (!untried.isEmpty() && now + longest < end) {
            SearchTuning best = fastest()
                    .filter(measured -> measured.rates().ratio() > 1)
                    .map(TriedTuning.Measured::tuning)
                    .orElse(usual);
            SearchTuning next = nearest(best, untried);
            untried.remove(next);
            tried.add(told(tried(ofUsual, next)));
            longest = Math.max(longest, ticker.getAsLong() - now);
            now = ticker.getAsLong();
        }
    }

    private Optional<TriedTuning.Measured> fastest() {
        return tried.stream()
                .filter(TriedTuning.Measured.class::isInstance)
                .map(TriedTuning.Measured.class::cast)
                .max(Comparator.comparingDouble(measured -> measured.rates().ratio()));
    }

    /** First those that differ in one parameter only, then by how many doublings they are away. */
    static SearchTuning nearest(SearchTuning best, Set<SearchTuning> untried) {
        return untried.stream()
                .min(Comparator.comparingInt((SearchTuning each) -> differing(best, each))
                        .thenComparingInt(each -> doublings(best, each)))
                .orElseThrow();
    }

    private static int differing(SearchTuning a, SearchTuning b) {
        return (a.vectorWidth() == b.vectorWidth() ? 0 : 1)
                + (a.workGroupSize() == b.workGroupSize() ? 0 : 1)
                + (a.itemsPerThread() == b.itemsPerThread() ? 0 : 1);
    }

    private static int doublings(SearchTuning a, SearchTuning b) {
        return doublings(a.vectorWidth(), b.vectorWidth())
                + doublings(a.workGroupSize(), b.workGroupSize())
                + doublings(a.itemsPerThread(), b.itemsPerThread());
    }

    private static int doublings(int a, int b) {
        return Math.abs(Integer.numberOfTrailingZeros(a) - Integer.numberOfTrailingZeros(b));
    }

    private TriedTuning tried(Trial ofUsual, SearchTuning tuning) {
        try (Trial trial = trials.of(tuning)) {
            trial.rate(searching);
            List<PairedRates.Pair> pairs = new ArrayList<>();
            while (pairs.size() < PAIRS && !isFarBehind(pairs)) {
                pairs.add(pair(ofUsual, trial, pairs.size(), searching));
            }
            return new TriedTuning.Measured(tuning, new PairedRates(pairs));
        } catch (DeviceWrongException | OpenClException | IllegalArgumentException e) {
            return new TriedTuning.LeftOut(tuning, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isFarBehind(List<PairedRates.Pair> pairs) {
        return pairs.size() >= PAIRS_TO_JUDGE && pairs.stream().allMatch(pair -> pair.ratio() < FAR_BEHIND);
    }

    /** Which of the two is first alternates: a device that warms up favours neither. */
    private static PairedRates.Pair pair(Trial ofUsual, Trial trial, int number, Slice slice) {
        if (number % 2 == 0) {
            double usual = ofUsual.rate(slice);
            return new PairedRates.Pair(usual, trial.rate(slice));
        }
        double other = trial.rate(slice);
        return new PairedRates.Pair(ofUsual.rate(slice), other);
    }

    /** Built and proved once more, as it was closed; empty if that fails now. */
    private Optional<TriedTuning.Measured> confirmed(Trial ofUsual, SearchTuning best) {
        try (Trial trial = trials.of(best)) {
            ofUsual.rate(confirming);
            trial.rate(confirming);
            List<PairedRates.Pair> pairs = new ArrayList<>();
            while (pairs.size() < PAIRS_TO_CONFIRM) {
                pairs.add(pair(ofUsual, trial, pairs.size(), confirming));
            }
            return Optional.of(new TriedTuning.Measured(best, new PairedRates(pairs)));
        } catch (DeviceWrongException | OpenClException | IllegalArgumentException e) {
            told(new TriedTuning.LeftOut(best, "at its confirmation: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private TriedTuning told(TriedTuning what) {
        switch (what) {
            case TriedTuning.Measured measured ->
                out.printf(
                        Locale.ROOT,
                        "%s: %s, %+.1f %% against the usual tuning%n",
                        measured.tuning(),
                        new HashRate((long) measured.rates().hashesPerSecond()),
                        100 * (measured.rates().ratio() - 1));
            case TriedTuning.LeftOut leftOut -> out.println(leftOut.tuning() + ": left out: " + leftOut.reason());
        }
        return what;
    }
}

package filon.mining.engine;

import filon.mining.algorithm.SearchTuning;

/** What came of one candidate. */
public sealed interface TriedTuning {
    SearchTuning tuning();

    /** It computes right, and these are its rates. */
    record Measured(SearchTuning tuning, PairedRates rates) implements TriedTuning {}

    /** It computes wrong, does not build, or lacks memory. */
    record LeftOut(SearchTuning tuning, String reason) implements TriedTuning {}
}

package filon.mining.engine;

import filon.mining.algorithm.SearchTuning;

/**
 * The tuning to start with.
 *
 * @param origin in a few words: where it comes from, and what was wrong with a stored one
 */
public record TuningChoice(SearchTuning tuning, String origin) {
    /** For a line of output. */
    @Override
    public String toString() {
        return "tuning " + tuning + ", " + origin;
    }
}

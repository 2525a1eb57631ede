package filon.mining.algorithm;

import java.util.List;

/**
 * The tunings that an algorithm offers.
 *
 * @param ofVectors for devices that compute in vectors, as CPUs do
 * @param ofGpu for all others
 */
public record TuningGrids(TuningGrid ofVectors, TuningGrid ofGpu) {
    private static final TuningGrid EMPTY = new TuningGrid(List.of(), List.of(), List.of());

    /** Nothing but the usual tuning. */
    public static final TuningGrids NONE = new TuningGrids(EMPTY, EMPTY);

    /** Of devices with this width. */
    public TuningGrid of(int integerVectorWidth) {
        return integerVectorWidth > 1 ? ofVectors : ofGpu;
    }
}

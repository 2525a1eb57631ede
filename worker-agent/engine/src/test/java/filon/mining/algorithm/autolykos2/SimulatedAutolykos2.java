package filon.mining.algorithm.autolykos2;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.opencl.OpenClContext;

/** Autolykos with a table that a simulator makes in seconds: a prime number of elements, in seven pieces. */
public final class SimulatedAutolykos2 {
    private static final int ELEMENTS = 53;
    private static final long PIECE_BYTES_MAX = 8 * 32;
    private static final Autolykos2 ALGORITHM =
            new Autolykos2(_ -> ELEMENTS, Autolykos2.FOLDER.kernel("autolykos2.cl"));

    private SimulatedAutolykos2() {}

    public static ProofOfWork algorithm() {
        return ALGORITHM;
    }

    public static Searcher searcher(OpenClContext context, SearchTuning tuning) {
        return ALGORITHM.searcher(context, tuning, PIECE_BYTES_MAX);
    }
}

package filon.mining.engine;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OpenClContext;
import java.util.List;

/** A real algorithm without tables on a device that names the wrong nonce for every hit it finds. */
public final class WrongAlgorithm extends WatchedAlgorithm {
    public WrongAlgorithm(ProofOfWork real) {
        super(real);
    }

    @Override
    public Searcher searcher(OpenClContext context, SearchTuning tuning) {
        return new WrongSearcher(real.searcher(context, tuning));
    }

    private static final class WrongSearcher extends WatchedSearcher {
        WrongSearcher(Searcher real) {
            super(real);
        }

        @Override
        public Batch submit(Work work, NonceRange range) {
            Batch batch = real.submit(work, range);
            return () -> {
                BatchResult right = batch.await();
                List<Long> nonces =
                        right.nonces().stream().map(nonce -> nonce ^ 1).toList();
                return new BatchResult(
                        right.range(), nonces, right.lost(), right.leftOut(), right.waitedNanos(), right.deviceNanos());
            };
        }
    }
}

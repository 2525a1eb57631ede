package filon.mining.engine;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OpenClContext;
import java.util.concurrent.atomic.AtomicLong;

/** The real sha256d on the real device, with a count of the nonces that were queued for jobs. */
final class CountedSha256d extends WatchedAlgorithm {
    private static final int SERIAL_OF_PROOFS = -1;

    private final AtomicLong queued = new AtomicLong();

    CountedSha256d() {
        super(ProofsOfWork.of("sha256d"));
    }

    /** Nonces handed to the device for jobs of a pool. */
    long queued() {
        return queued.get();
    }

    @Override
    public Searcher searcher(OpenClContext context, SearchTuning tuning) {
        return new CountedSearcher(real.searcher(context, tuning));
    }

    private final class CountedSearcher extends WatchedSearcher {
        CountedSearcher(Searcher real) {
            super(real);
        }

        @Override
        public Batch submit(Work work, NonceRange range) {
            Batch batch = real.submit(work, range);
            queued.addAndGet(work.serial() == SERIAL_OF_PROOFS ? 0 : range.count());
            return batch;
        }
    }
}

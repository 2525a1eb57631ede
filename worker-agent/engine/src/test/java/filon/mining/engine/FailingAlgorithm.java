package filon.mining.engine;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OpenClContext;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A real algorithm without tables whose batches fail or hang when the test says so. */
final class FailingAlgorithm extends WatchedAlgorithm {
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Optional<CountDownLatch> hang = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    FailingAlgorithm(ProofOfWork real) {
        super(real);
    }

    /** The next batch that is awaited does not end until {@link #recover}; those of other searchers do. */
    void hang() {
        hang = Optional.of(new CountDownLatch(1));
    }

    boolean isHanging() {
        return hanging.get() > 0;
    }

    void fail(RuntimeException with) {
        failure = Optional.of(with);
    }

    void recover() {
        failure = Optional.empty();
        hang.ifPresent(CountDownLatch::countDown);
        hang = Optional.empty();
    }

    /** How many searchers were closed. */
    int closed() {
        return closed.get();
    }

    @Override
    public Searcher searcher(OpenClContext context, SearchTuning tuning) {
        return new Failing(real.searcher(context, tuning));
    }

    private void await() {
        failure.ifPresent(e -> {
            throw e;
        });
        if (hang.isPresent() && hanging.getAndIncrement() == 0) {
            try {
                hang.get().await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Failing extends WatchedSearcher {
        Failing(Searcher device) {
            super(device);
        }

        @Override
        public Batch submit(Work work, NonceRange range) {
            Batch batch = real.submit(work, range);
            return () -> {
                BatchResult result = batch.await();
                FailingAlgorithm.this.await();
                return result;
            };
        }

        @Override
        public void close() {
            super.close();
            closed.incrementAndGet();
        }
    }
}

package filon.mining.engine;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.Bound;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OpenClContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A real algorithm without tables whose batches fail or hang when the test says so. */
final class FailingAlgorithm implements ProofOfWork {
    private final ProofOfWork real;
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile Optional<CountDownLatch> hang = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();

    FailingAlgorithm(ProofOfWork real) {
        this.real = real;
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

    private final class Failing implements Searcher {
        private final Searcher device;

        Failing(Searcher device) {
            this.device = device;
        }

        @Override
        public Batch submit(Work work, NonceRange range) {
            Batch batch = device.submit(work, range);
            return () -> {
                BatchResult result = batch.await();
                FailingAlgorithm.this.await();
                return result;
            };
        }

        @Override
        public void giveUpBelow(int serial) {
            device.giveUpBelow(serial);
        }

        @Override
        public int granularity() {
            return device.granularity();
        }

        @Override
        public long batchLengthMax() {
            return device.batchLengthMax();
        }

        @Override
        public void close() {
            device.close();
            closed.incrementAndGet();
        }
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public PoolProtocol protocol() {
        return real.protocol();
    }

    @Override
    public int prefixLength() {
        return real.prefixLength();
    }

    @Override
    public int nonceBits() {
        return real.nonceBits();
    }

    @Override
    public Digest digest(Header header, long nonce) {
        return real.digest(header, nonce);
    }

    @Override
    public byte[] solved(Header header, long nonce) {
        return real.solved(header, nonce);
    }

    @Override
    public List<KnownAnswer> knownAnswers() {
        return real.knownAnswers();
    }

    @Override
    public String kernelText() {
        return real.kernelText();
    }

    @Override
    public Bound bound() {
        return real.bound();
    }

    @Override
    public SearchTuning tuningFor(int integerVectorWidth, int workGroupSizeMax) {
        return real.tuningFor(integerVectorWidth, workGroupSizeMax);
    }
}

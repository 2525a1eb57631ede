package filon.mining.engine;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.Bound;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OpenClContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The real sha256d on the real device, with a count of the nonces that were queued for jobs. */
final class CountedSha256d implements ProofOfWork {
    private static final int SERIAL_OF_PROOFS = -1;

    private final ProofOfWork real = ProofsOfWork.of("sha256d");
    private final AtomicLong queued = new AtomicLong();

    /** Nonces handed to the device for jobs of a pool. */
    long queued() {
        return queued.get();
    }

    @Override
    public Searcher searcher(OpenClContext context, SearchTuning tuning) {
        return new CountedSearcher(real.searcher(context, tuning), queued);
    }

    private record CountedSearcher(Searcher real, AtomicLong queued) implements Searcher {
        @Override
        public Batch submit(Work work, NonceRange range) {
            Batch batch = real.submit(work, range);
            queued.addAndGet(work.serial() == SERIAL_OF_PROOFS ? 0 : range.count());
            return batch;
        }

        @Override
        public void giveUpBelow(int serial) {
            real.giveUpBelow(serial);
        }

        @Override
        public int granularity() {
            return real.granularity();
        }

        @Override
        public long batchLengthMax() {
            return real.batchLengthMax();
        }

        @Override
        public void close() {
            real.close();
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

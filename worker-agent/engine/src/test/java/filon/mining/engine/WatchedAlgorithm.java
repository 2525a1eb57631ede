package filon.mining.engine;

import filon.mining.algorithm.Batch;
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
import java.util.List;

/** A real algorithm without tables, whose searching a test watches or disturbs. */
abstract class WatchedAlgorithm implements ProofOfWork {
    final ProofOfWork real;

    WatchedAlgorithm(ProofOfWork real) {
        this.real = real;
    }

    /** A real searcher, all of which a test may change. */
    static class WatchedSearcher implements Searcher {
        final Searcher real;

        WatchedSearcher(Searcher real) {
            this.real = real;
        }

        @Override
        public Batch submit(Work work, NonceRange range) {
            return real.submit(work, range);
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

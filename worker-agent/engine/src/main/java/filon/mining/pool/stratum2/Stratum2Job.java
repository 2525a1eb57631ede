package filon.mining.pool.stratum2;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.JobPlace;
import filon.mining.pool.JobTerms;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import java.util.List;
import java.util.Optional;

/** One job of a standard channel with its previous hash and the target in force when it began. */
final class Stratum2Job implements PoolJob {
    private final JobTerms terms;
    private final Beginning beginning;

    /**
     * What begins to be worked on.
     *
     * @param isClean whether everything before became worthless
     */
    record Beginning(long jobId, HeaderRoom room, Target target, boolean isClean) {}

    Stratum2Job(JobPlace place, Beginning beginning) {
        this.terms = new JobTerms(place, Long.toString(beginning.jobId()), beginning.target(), beginning.isClean());
        this.beginning = beginning;
    }

    @Override
    public JobTerms terms() {
        return terms;
    }

    @Override
    public Optional<PoolWork> next() {
        return beginning.room().next().map(draw -> new HeaderWork(this, draw));
    }

    private record HeaderWork(Stratum2Job owner, HeaderRoom.Draw draw) implements PoolWork {
        @Override
        public Work work() {
            return new Work(draw.header(), owner.target());
        }

        @Override
        public PoolJob job() {
            return owner;
        }

        @Override
        public NonceSpace nonces() {
            return NonceSpace.ofBits(Integer.SIZE);
        }

        @Override
        public List<String> submission(long nonce, Digest digest) {
            long jobId = owner.beginning.jobId();
            return new Submission(jobId, nonce & 0xffffffffL, draw.time(), draw.version()).texts();
        }
    }
}

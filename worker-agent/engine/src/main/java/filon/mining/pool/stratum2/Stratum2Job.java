package filon.mining.pool.stratum2;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.JobPlace;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import java.util.Optional;

/** One job of a standard channel with its previous hash and the target in force when it began. */
final class Stratum2Job implements PoolJob {
    private final JobPlace place;
    private final Beginning beginning;

    /**
     * What begins to be worked on.
     *
     * @param isClean whether everything before became worthless
     */
    record Beginning(long jobId, HeaderRoom room, Target target, boolean isClean) {}

    Stratum2Job(JobPlace place, Beginning beginning) {
        this.place = place;
        this.beginning = beginning;
    }

    @Override
    public Optional<PoolWork> next() {
        return beginning.room().next().map(draw -> new HeaderWork(this, draw));
    }

    @Override
    public String id() {
        return Long.toString(beginning.jobId());
    }

    @Override
    public PoolAddress pool() {
        return place.pool().address();
    }

    @Override
    public Target target() {
        return beginning.target();
    }

    @Override
    public long receivedNanos() {
        return place.receivedNanos();
    }

    @Override
    public boolean isClean() {
        return beginning.isClean();
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
        public Share share(long nonce, Digest digest, byte[] header, long foundNanos) {
            long jobId = owner.beginning.jobId();
            Submission submission = new Submission(jobId, nonce & 0xffffffffL, draw.time(), draw.version());
            return new Share(
                    owner.place.sessionId(),
                    owner.place.generation(),
                    owner.pool(),
                    owner.id(),
                    header,
                    owner.target(),
                    foundNanos,
                    submission.texts());
        }
    }
}

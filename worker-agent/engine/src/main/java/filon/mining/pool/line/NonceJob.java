package filon.mining.pool.line;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.JobPlace;
import filon.mining.pool.JobTerms;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import java.util.List;
import java.util.Optional;

/** A job of a header and a nonce of 64 bits: hands out one slice of the room after the other, each once. */
public final class NonceJob implements PoolJob {
    private final JobTerms terms;
    private final Template template;
    private final NonceRoom room;
    private long drawn;

    /**
     * What the pool sent.
     *
     * @param isClean whether everything before became worthless
     * @param submission what is sent for a solution
     */
    public record Template(String id, Header header, Target target, boolean isClean, Submission submission) {}

    /** How a solution is written. */
    @FunctionalInterface
    public interface Submission {
        List<String> of(long nonce, Digest digest);
    }

    public NonceJob(JobPlace place, Template template, NonceRoom room) {
        this.terms = new JobTerms(place, template.id(), template.target(), template.isClean());
        this.template = template;
        this.room = room;
    }

    @Override
    public JobTerms terms() {
        return terms;
    }

    @Override
    public synchronized Optional<PoolWork> next() {
        if (drawn == room.slices()) {
            return Optional.empty();
        }
        drawn++;
        return Optional.of(new Slice(this, room.next()));
    }

    private record Slice(NonceJob owner, NonceSpace nonces) implements PoolWork {
        @Override
        public Work work() {
            return new Work(owner.template.header(), owner.template.target());
        }

        @Override
        public PoolJob job() {
            return owner;
        }

        @Override
        public List<String> submission(long nonce, Digest digest) {
            return owner.template.submission().of(nonce, digest);
        }
    }
}

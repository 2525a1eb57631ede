package filon.mining.pool.line;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.pool.JobPlace;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import java.util.List;
import java.util.Optional;

/** A job of a header and a nonce of 64 bits: hands out one slice of the room after the other, each once. */
public final class NonceJob implements PoolJob {
    private final JobPlace place;
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
        this.place = place;
        this.template = template;
        this.room = room;
    }

    @Override
    public synchronized Optional<PoolWork> next() {
        if (drawn == room.slices()) {
            return Optional.empty();
        }
        drawn++;
        return Optional.of(new Slice(this, room.next()));
    }

    @Override
    public String id() {
        return template.id();
    }

    @Override
    public PoolAddress pool() {
        return place.pool().address();
    }

    @Override
    public Target target() {
        return template.target();
    }

    @Override
    public long receivedNanos() {
        return place.receivedNanos();
    }

    @Override
    public boolean isClean() {
        return template.isClean();
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
        public Share share(long nonce, Digest digest, byte[] header, long foundNanos) {
            return new Share(
                    owner.place.sessionId(),
                    owner.place.generation(),
                    owner.pool(),
                    owner.id(),
                    header,
                    owner.target(),
                    foundNanos,
                    owner.template.submission().of(nonce, digest));
        }
    }
}

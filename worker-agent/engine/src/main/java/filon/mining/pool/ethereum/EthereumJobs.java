package filon.mining.pool.ethereum;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SeededEpochs;
import filon.mining.algorithm.Target;
import filon.mining.pool.line.NonceJob;
import filon.mining.pool.line.NonceRoom;
import filon.mining.pool.line.Talk;
import java.util.List;
import java.util.Optional;

/**
 * The jobs of one session. One that comes before the pool knows us, or before we know our part of the nonce, waits, the last only. A new
 * extranonce takes effect with the next job.
 */
public final class EthereumJobs {
    private final Talk talk;
    private Optional<NonceRoom> room = Optional.empty();
    private Optional<NonceRoom> nextRoom = Optional.empty();
    private Optional<Held> held = Optional.empty();

    /**
     * What the pool sent.
     *
     * @param isClean whether everything before became worthless
     * @param submission what is sent for a solution
     */
    public record Notice(String id, Header header, Target target, boolean isClean, Submission submission) {}

    /** How a solution is written. */
    @FunctionalInterface
    public interface Submission {
        List<String> of(NonceRoom room, long nonce, Digest digest);
    }

    private record Held(Notice notice, long receivedNanos) {}

    public EthereumJobs(Talk talk) {
        this.talk = talk;
    }

    /** How the algorithm's epochs are named. */
    public SeededEpochs epochs() {
        ProofOfWork algorithm = talk.terms().terms().algorithm();
        if (algorithm instanceof SeededEpochs seeded) {
            return seeded;
        }
        throw new IllegalStateException(algorithm.name() + " has no seeded epochs, as the Ethereum family's have");
    }

    /** Of a header's hash and the seed of its epoch. */
    public Header header(JsonNode hash, JsonNode seed) {
        byte[] prefix = Field.hash(hash, "header hash");
        return new Header(prefix, epochs().heightOf(Field.hash(seed, "seed hash")));
    }

    /** Our nonces begin with this from now on. */
    public void begin(String extranonce) {
        room = Optional.of(roomOf(extranonce));
        nextRoom = Optional.empty();
    }

    /** From the next job on our nonces begin with this. */
    public void beginNext(String extranonce) {
        nextRoom = Optional.of(
                extranonce().filter(extranonce::equalsIgnoreCase).isPresent() ? room.get() : roomOf(extranonce));
    }

    private NonceRoom roomOf(String extranonce) {
        return new NonceRoom(extranonce, talk.terms().terms().random().nextLong() >>> 1);
    }

    /** What our nonces begin with, for the job that came last. */
    public Optional<String> extranonce() {
        return room.map(NonceRoom::extranonce);
    }

    /** A new job. */
    public void offer(Notice notice) {
        room = nextRoom.or(() -> room);
        nextRoom = Optional.empty();
        if (notice.isClean()) {
            talk.withdrawJobs();
        }
        held = Optional.of(new Held(notice, talk.heardNanos()));
        release();
    }

    /** Something changed that a job may have waited for. */
    public void release() {
        if (!talk.isAuthorised() || room.isEmpty() || held.isEmpty()) {
            return;
        }
        Held job = held.get();
        held = Optional.empty();
        talk.job(new NonceJob(talk.place(job.receivedNanos()), template(job.notice(), room.get()), room.get()));
    }

    private static NonceJob.Template template(Notice notice, NonceRoom room) {
        return new NonceJob.Template(
                notice.id(), notice.header(), notice.target(), notice.isClean(), (nonce, digest) -> notice.submission()
                        .of(room, nonce, digest));
    }
}

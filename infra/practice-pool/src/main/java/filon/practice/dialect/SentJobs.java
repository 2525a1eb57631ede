package filon.practice.dialect;

import filon.practice.book.PoolError;
import filon.practice.book.Solution;
import filon.practice.book.Verdict;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The jobs that one miner was sent, each with the target and the extranonce of then, and the shares it got accepted; bounded.
 *
 * @param <J> what a job of the dialect is
 */
final class SentJobs<J> {
    private static final int JOBS_MAX = 32;
    /** Accepted shares that are remembered to know duplicates, over all jobs. */
    private static final int HASHES_MAX = 20_000;

    private final Function<String, Set<BigInteger>> hashes;
    private final Map<String, Sent<J>> sent = new LinkedHashMap<>();
    private final Map<String, Sent<J>> late = new LinkedHashMap<>();

    /** Duplicates are known among the shares of this miner. */
    SentJobs() {
        this(id -> new HashSet<>());
    }

    /** @param hashes where the shares of a job are remembered: in common where miners have no nonces of their own */
    SentJobs(Function<String, Set<BigInteger>> hashes) {
        this.hashes = hashes;
    }

    /**
     * A job as this miner got it.
     *
     * @param hashes those of its accepted shares
     */
    record Sent<J>(J job, BigInteger target, byte[] extranonce, Set<BigInteger> hashes) {
        Sent {
            extranonce = extranonce.clone();
        }

        @Override
        public byte[] extranonce() {
            return extranonce.clone();
        }
    }

    /** A job that is sent once more keeps its shares; a clean one makes all others late. */
    void send(String id, J job, BigInteger target, byte[] extranonce, boolean clean) {
        Sent<J> before = sent.containsKey(id) ? sent.remove(id) : late.remove(id);
        if (clean) {
            late.putAll(sent);
            sent.clear();
        }
        Set<BigInteger> known = before == null ? hashes.apply(id) : before.hashes();
        sent.put(id, new Sent<>(job, target, extranonce, known));
        shrink(sent);
        shrink(late);
    }

    private static <J> void shrink(Map<String, Sent<J>> jobs) {
        while (jobs.size() > JOBS_MAX) {
            forgetOldest(jobs);
        }
    }

    private static <J> void forgetOldest(Map<String, Sent<J>> jobs) {
        jobs.remove(jobs.keySet().iterator().next());
    }

    Optional<Sent<J>> find(String id) {
        return Optional.ofNullable(sent.get(id));
    }

    /** One that a clean job made late. */
    Optional<Sent<J>> findLate(String id) {
        return Optional.ofNullable(late.get(id));
    }

    /**
     * Judges what was hashed for one of these jobs.
     *
     * @param number the hash as the number that is compared
     */
    Verdict judge(Sent<J> job, BigInteger number, Function<BigInteger, Solution> solution) {
        Solution solved = solution.apply(job.target());
        if (job.hashes().contains(number)) {
            return new Verdict.Refused(PoolError.DUPLICATE, "duplicate share", solved);
        }
        if (number.compareTo(job.target()) > 0) {
            return new Verdict.Refused(PoolError.LOW_DIFFICULTY, "low difficulty share", solved);
        }
        while (isFull() && late.size() + sent.size() > 1) {
            forgetOldest(late.isEmpty() ? sent : late);
        }
        if (isFull()) {
            return new Verdict.Refused(PoolError.OTHER, "too many shares of one job", solved);
        }
        job.hashes().add(number);
        return new Verdict.Accepted(solved, false);
    }

    private boolean isFull() {
        return count(sent) + count(late) >= HASHES_MAX;
    }

    private static <J> int count(Map<String, Sent<J>> jobs) {
        return jobs.values().stream().mapToInt(one -> one.hashes().size()).sum();
    }
}

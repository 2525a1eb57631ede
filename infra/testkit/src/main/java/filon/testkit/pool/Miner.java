package filon.testkit.pool;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the pool knows of one connected miner: its extranonce1, its workers, and the jobs it was sent with the difficulty of then.
 *
 * <p>Not safe for several threads: its connection guards it.
 */
final class Miner {
    private static final int JOBS_MAX = 32;
    private static final int WORKERS_MAX = 100;
    /** Accepted shares that are remembered to know duplicates, over all jobs. */
    private static final int HASHES_MAX = 20_000;
    /** How far a miner may turn the time forward. */
    private static final int TIME_AHEAD_SECONDS = 7_200;

    private static final HexFormat HEX = HexFormat.of();
    private final byte[] extranonce1;
    private final Set<String> workers = new HashSet<>();
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private boolean subscribed;

    /** A job as this miner got it; the hashes are those of its accepted shares. */
    private record Sent(PoolJob job, BigInteger target, Set<BigInteger> hashes) {}

    /** The answer to a submission. */
    sealed interface Verdict {
        /** The share counts. */
        record Accepted(PoolJob job, byte[] header, byte[] hash, BigInteger target) implements Verdict {}

        /** It does not. */
        record Refused(PoolError error, String why) implements Verdict {}
    }

    /** The parameters of {@code mining.submit}. */
    record Submission(String worker, String job, String extranonce2, String time, String nonce) {}

    Miner(byte[] extranonce1) {
        this.extranonce1 = extranonce1.clone();
    }

    String extranonce1() {
        return HEX.formatHex(extranonce1);
    }

    void subscribe() {
        subscribed = true;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /** Lets a worker in, whatever its password; a test sees a refusal with a name that begins with {@code refused}. */
    boolean authorise(String worker) {
        if (worker.isBlank()
                || worker.length() > PoolBook.NAME_MAX
                || worker.startsWith("refused")
                || workers.size() >= WORKERS_MAX) {
            return false;
        }
        workers.add(worker);
        return true;
    }

    void send(PoolJob job, BigInteger target, boolean clean) {
        // a second subscription gets the same job once more: its shares stay known
        Sent before = sent.remove(job.id());
        if (clean) {
            sent.clear();
        }
        sent.put(job.id(), new Sent(job, target, before == null ? new HashSet<>() : before.hashes()));
        if (sent.size() > JOBS_MAX) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        sent.remove(sent.keySet().iterator().next());
    }

    private boolean isFull() {
        return sent.values().stream().mapToInt(one -> one.hashes().size()).sum() >= HASHES_MAX;
    }

    Verdict judge(Submission submission) {
        if (!subscribed) {
            return new Verdict.Refused(PoolError.NOT_SUBSCRIBED, "Not subscribed");
        }
        if (!workers.contains(submission.worker())) {
            return new Verdict.Refused(PoolError.UNAUTHORISED, "Unauthorized worker");
        }
        Sent job = sent.get(submission.job());
        if (job == null) {
            return new Verdict.Refused(PoolError.STALE, "Job not found");
        }
        return refusalOfForm(submission, job.job())
                .<Verdict>map(why -> new Verdict.Refused(PoolError.OTHER, why))
                .orElseGet(() -> judge(submission, job));
    }

    private static Optional<String> refusalOfForm(Submission submission, PoolJob job) {
        if (!isHex(submission.extranonce2(), ShareCheck.EXTRANONCE2_BYTES)) {
            return Optional.of("Incorrect size of extranonce2");
        }
        if (!isHex(submission.time(), 4)) {
            return Optional.of("Incorrect size of ntime");
        }
        if (!isHex(submission.nonce(), 4)) {
            return Optional.of("Incorrect size of nonce");
        }
        long time = Long.parseLong(submission.time(), 16);
        return time < job.time() || time > job.time() + TIME_AHEAD_SECONDS
                ? Optional.of("ntime out of range")
                : Optional.empty();
    }

    private static boolean isHex(String text, int bytes) {
        return text.length() == 2 * bytes && text.chars().allMatch(HexFormat::isHexDigit);
    }

    private Verdict judge(Submission submission, Sent sentJob) {
        byte[] header = ShareCheck.header(
                sentJob.job(),
                extranonce1,
                HEX.parseHex(submission.extranonce2()),
                Integer.parseUnsignedInt(submission.time(), 16),
                Integer.parseUnsignedInt(submission.nonce(), 16));
        byte[] hash = ShareCheck.hash(header);
        BigInteger number = ShareCheck.number(hash);
        if (sentJob.hashes().contains(number)) {
            return new Verdict.Refused(PoolError.DUPLICATE, "Duplicate share");
        }
        if (number.compareTo(sentJob.target()) > 0) {
            return new Verdict.Refused(PoolError.LOW_DIFFICULTY, "Low difficulty share");
        }
        while (isFull() && sent.size() > 1) {
            forgetOldest();
        }
        if (isFull()) {
            return new Verdict.Refused(PoolError.OTHER, "Too many shares of one job");
        }
        sentJob.hashes().add(number);
        return new Verdict.Accepted(sentJob.job(), header, hash, sentJob.target());
    }
}

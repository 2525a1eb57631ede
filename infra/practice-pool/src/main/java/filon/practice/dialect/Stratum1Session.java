package filon.practice.dialect;

import filon.practice.book.PoolError;
import filon.practice.book.Solution;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a Stratum V1 pool knows of one miner: its extranonce1, its workers, and the jobs it was sent with the difficulty of then. A
 * connection that resumes the session finds all of it again.
 */
final class Stratum1Session {
    /** How far a miner may turn the time forward. */
    private static final int TIME_AHEAD_SECONDS = 7_200;

    private static final HexFormat HEX = HexFormat.of();
    private final String id;
    private final Function<byte[], Hashed> hash;
    private final Workers workers = new Workers();
    private final SentJobs<BlockTemplate> sent = new SentJobs<>();
    private byte[] extranonce1;
    private boolean subscribed;
    private boolean rolling;
    private int mask;
    private byte[] lastBlock = {};

    /** A header's hash, and the number that it is compared as. */
    record Hashed(byte[] hash, BigInteger number) {
        Hashed {
            hash = hash.clone();
        }

        @Override
        public byte[] hash() {
            return hash.clone();
        }
    }

    /**
     * The parameters of {@code mining.submit}.
     *
     * @param version the sixth one, or empty
     */
    record Submission(String worker, String job, String extranonce2, String time, String nonce, String version) {}

    Stratum1Session(String id, byte[] extranonce1, Function<byte[], Hashed> hash) {
        this.id = id;
        this.extranonce1 = extranonce1.clone();
        this.hash = hash;
    }

    String id() {
        return id;
    }

    String extranonce1() {
        return HEX.formatHex(extranonce1);
    }

    /** How many bytes are left to the miner. */
    int extranonce2Bytes() {
        return minerBytes(extranonce1);
    }

    private static int minerBytes(byte[] extranonce1) {
        return ShareCheck.EXTRANONCE1_BYTES + ShareCheck.EXTRANONCE2_BYTES - extranonce1.length;
    }

    /** Counts for the jobs that are sent from now on. */
    void changeExtranonce1(byte[] next) {
        extranonce1 = next.clone();
    }

    void subscribe() {
        subscribed = true;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    boolean authorise(String worker) {
        return workers.admit(worker);
    }

    /** The miner may change these bits of the version, from now on and whatever the job. */
    void rollVersion(int bits) {
        rolling = true;
        mask = bits;
    }

    boolean isRolling() {
        return rolling;
    }

    int mask() {
        return mask;
    }

    void send(BlockTemplate job, BigInteger target, boolean clean) {
        sent.send(job.id(), job, target, extranonce1, clean);
        lastBlock = job.previousHash().clone();
    }

    /** Whether the last job was on the same block: then what this session has is still good. */
    boolean isOn(BlockTemplate job) {
        return Arrays.equals(lastBlock, job.previousHash());
    }

    Verdict judge(Submission submission) {
        if (!subscribed) {
            return new Verdict.Refused(PoolError.NOT_SUBSCRIBED, "not subscribed");
        }
        if (!workers.has(submission.worker())) {
            return new Verdict.Refused(PoolError.UNAUTHORISED, "unauthorized worker");
        }
        Optional<Sent<BlockTemplate>> job = sent.find(submission.job());
        if (job.isEmpty()) {
            return new Verdict.Refused(PoolError.STALE, "job not found");
        }
        return refusalOfForm(submission, job.get())
                .<Verdict>map(why -> new Verdict.Refused(PoolError.OTHER, why))
                .orElseGet(() -> judge(submission, job.get()));
    }

    private Optional<String> refusalOfForm(Submission submission, Sent<BlockTemplate> sentJob) {
        if (!isHex(submission.extranonce2(), minerBytes(sentJob.extranonce()))) {
            return Optional.of("incorrect size of extranonce2");
        }
        if (!isHex(submission.time(), 4)) {
            return Optional.of("incorrect size of ntime");
        }
        if (!isHex(submission.nonce(), 4)) {
            return Optional.of("incorrect size of nonce");
        }
        long earliest = sentJob.job().time();
        long time = Long.parseLong(submission.time(), 16);
        if (time < earliest || time > earliest + TIME_AHEAD_SECONDS) {
            return Optional.of("ntime out of range");
        }
        return submission.version().isEmpty() ? Optional.empty() : refusalOfVersion(submission.version());
    }

    private Optional<String> refusalOfVersion(String version) {
        if (!rolling || !isHex(version, 4)) {
            return Optional.of("version bits were not agreed on or have no 8 digits");
        }
        return (Integer.parseUnsignedInt(version, 16) & ~mask) == 0
                ? Optional.empty()
                : Optional.of("version bits outside the mask");
    }

    private static boolean isHex(String text, int bytes) {
        return text.length() == 2 * bytes && text.chars().allMatch(HexFormat::isHexDigit);
    }

    private Verdict judge(Submission submission, Sent<BlockTemplate> sentJob) {
        ShareCheck.Choice choice = new ShareCheck.Choice(
                version(sentJob.job(), submission.version()),
                HEX.parseHex(submission.extranonce2()),
                Integer.parseUnsignedInt(submission.time(), 16),
                Integer.parseUnsignedInt(submission.nonce(), 16));
        byte[] header = ShareCheck.header(sentJob.job(), sentJob.extranonce(), choice);
        Hashed hashed = hash.apply(header);
        return sent.judge(sentJob, hashed.number(), target -> new Solution(header, hashed.hash(), target));
    }

    private int version(BlockTemplate job, String bits) {
        return bits.isEmpty() ? job.version() : job.version() & ~mask | Integer.parseUnsignedInt(bits, 16);
    }
}

package filon.practice.dialect;

import filon.mining.algorithm.Digest;
import filon.practice.book.PoolError;
import filon.practice.book.Solution;
import filon.practice.book.Verdict;
import filon.practice.dialect.SentJobs.Sent;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a pool knows of one miner that chooses nonces of 64 bits: their first bytes, its workers, the jobs it was sent. */
final class NonceSession {
    private static final HexFormat HEX = HexFormat.of();
    private static final int NONCE_DIGITS = 16;
    private final String id;
    private final Terms terms;
    private final SentJobs<NonceJob> sent;
    private final Workers workers = new Workers();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final Map<String, String> told = new LinkedHashMap<>();
    private byte[] extranonce;
    private long lastHeight;

    NonceSession(String id, Terms terms, SentJobs<NonceJob> sent, byte[] extranonce) {
        this.id = id;
        this.terms = terms;
        this.sent = sent;
        this.extranonce = extranonce.clone();
    }

    String id() {
        return id;
    }

    Workers workers() {
        return workers;
    }

    /** The names of workers by the token that stands for them; bounded as the workers are. */
    Map<String, String> tokens() {
        return tokens;
    }

    /** The values by name that the miner was told last and goes on with, where a dialect has such. */
    Map<String, String> told() {
        return told;
    }

    String extranonce() {
        return HEX.formatHex(extranonce);
    }

    /** How many digits of a nonce are the miner's. */
    int minerDigits() {
        return NONCE_DIGITS - 2 * extranonce.length;
    }

    /** Counts for the jobs that are sent from now on. */
    void changeExtranonce(byte[] next) {
        extranonce = next.clone();
    }

    void send(NonceJob job, BigInteger target, boolean clean) {
        sent.send(job.id(), job, target, extranonce, clean);
        lastHeight = job.header().height();
    }

    /** Whether the last job was on the same block. */
    boolean isOn(NonceJob job) {
        return lastHeight == job.header().height();
    }

    Optional<Sent<NonceJob>> find(String job) {
        return sent.find(job);
    }

    Optional<Sent<NonceJob>> findLate(String job) {
        return sent.findLate(job);
    }

    /** A nonce of which the miner said only what follows the extranonce. */
    Verdict judgeRest(Sent<NonceJob> job, String rest) {
        String prefix = HEX.formatHex(job.extranonce());
        return judge(job, prefix + rest, "");
    }

    /**
     * Judges a whole nonce.
     *
     * @param mix what the miner says beside it, or empty where it need not
     */
    Verdict judge(Sent<NonceJob> job, String nonce, String mix) {
        if (!isHex(nonce, NONCE_DIGITS)) {
            return new Verdict.Refused(PoolError.OTHER, "incorrect size of nonce");
        }
        Digest digest = terms.algorithm().digest(job.job().header(), Long.parseUnsignedLong(nonce, 16));
        if (!mix.isEmpty() && !(isHex(mix, 64) && Arrays.equals(HEX.parseHex(mix), digest.mix()))) {
            return new Verdict.Refused(PoolError.WRONG_MIX, "invalid mix hash", solution(job, nonce, digest));
        }
        return sent.judge(job, new BigInteger(1, digest.hash()), _ -> solution(job, nonce, digest));
    }

    private Solution solution(Sent<NonceJob> job, String nonce, Digest digest) {
        byte[] solved = terms.algorithm().solved(job.job().header(), Long.parseUnsignedLong(nonce, 16));
        return new Solution(solved, digest.hash(), job.target());
    }

    static boolean isHex(String text, int digits) {
        return text.length() == digits && text.chars().allMatch(HexFormat::isHexDigit);
    }
}

package filon.mining.pool.trial;

import filon.contracts.value.PoolAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came out of a trial. Texts of the pool's are fit to be printed.
 *
 * @param pool that was asked for; {@code attempts} say where it sent us
 * @param findings what keeps a miner from mining here; empty: it can
 * @param notes what a person should know besides
 */
public record PoolReport(
        PoolAddress pool,
        String algorithm,
        String user,
        boolean isUsable,
        List<Finding> findings,
        List<String> notes,
        List<Attempt> attempts,
        Map<String, String> agreed,
        boolean isAuthorised,
        Optional<Job> job,
        Timing timing) {
    public PoolReport {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
        attempts = List.copyOf(attempts);
    }

    /**
     * @param text what is wrong, a sentence
     * @param advice what to do about it; empty where only the pool can do something
     */
    public record Finding(Fault fault, String text, String advice) {}

    /**
     * One connection in one dialect.
     *
     * @param heard what the pool said first: lines, or hex where it is no text
     * @param asksForLeast whether extensions were left out, as a pool may hang up on them
     * @param end why it came to nothing; empty where it led to a job
     */
    public record Attempt(
            PoolAddress pool,
            String dialect,
            boolean asksForLeast,
            List<Contact> contacts,
            Optional<Encryption> encryption,
            List<String> heard,
            String end) {
        public Attempt {
            contacts = List.copyOf(contacts);
            heard = List.copyOf(heard);
        }
    }

    /** What became of an address of the host. */
    public enum Outcome {
        CONNECTED,
        /** Connected, but then TLS failed. */
        NOT_ENCRYPTED,
        FAILED,
        FORBIDDEN,
        NOT_TRIED
    }

    /** One address of the host; milliseconds until it was connected or given up. */
    public record Contact(String address, Outcome outcome, OptionalDouble millis, String reason) {}

    /** @param version empty where no handshake came to an end, as when the certificate was refused */
    public record Encryption(String version, String cipher, OptionalDouble millis, Optional<Certificate> certificate) {}

    /**
     * @param hosts it is valid for
     * @param sha256 to pin it by
     */
    public record Certificate(
            String subject, String issuer, List<String> hosts, Instant validFrom, Instant validUntil, String sha256) {}

    /**
     * @param difficulty as pools of the algorithm count it
     * @param hashesPerShare on average
     */
    public record Job(
            String id,
            boolean isClean,
            double difficulty,
            String target,
            double hashesPerShare,
            List<ShareTime> shareTimes) {}

    public record ShareTime(long hashesPerSecond, double seconds) {}

    /**
     * Milliseconds from the opened connection to each; round trip: a question and its answer.
     *
     * @param total of the whole trial
     */
    public record Timing(
            OptionalDouble firstAnswer,
            OptionalDouble authorised,
            OptionalDouble firstJob,
            OptionalDouble roundTrip,
            double total) {}
}

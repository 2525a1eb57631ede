package filon.mining.pool.trial;

import filon.contracts.address.AddressRules;
import filon.contracts.value.PoolAddress;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolRefusedException;
import filon.mining.pool.PrintableText;
import filon.mining.pool.StandbyLimits;
import filon.mining.pool.WireStep;
import filon.mining.pool.trial.PoolReport.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the facts of a trial say is wrong. Pure.
 *
 * @param asked how far the pool may be followed
 * @param rules that the addresses had to keep
 * @param speaksTls whether TLS was answered at an address that was to be spoken to in clear
 */
record Diagnosis(PoolOrder asked, AddressRules rules, boolean speaksTls) {
    /** No single device hashes faster, whatever the algorithm: what takes longer than the limit at this rate does so at any. */
    private static final double RATE_MOST = 1e11;

    /** A slow device; where it finds thousands a second, all do. */
    private static final double RATE_LEAST = 1e6;

    private static final double SHARES_PER_SECOND_MAX = 1_000;

    List<Finding> of(Connection.Record record) {
        if (record.job().isPresent()) {
            return absurdity(record.job().get()).stream().toList();
        }
        if (!record.isOpened()) {
            return unopened(record);
        }
        return List.of(record.isAuthorised() ? jobless(record) : unauthorised(record));
    }

    private static Optional<Finding> absurdity(PoolJob job) {
        double hashes = job.target().hashesPerHit();
        double hours = hashes / RATE_MOST / 3_600;
        if (hours > StandbyLimits.USUAL.hardest().toHours()) {
            return Optional.of(new Finding(
                    Fault.DIFFICULTY_ABSURD,
                    String.format(
                            Locale.ROOT,
                            "shares are absurdly hard: one takes %.3g hashes, which is more than an hour at 100 GH/s",
                            hashes),
                    "ask the pool for another port or difficulty; perhaps it is a pool of another algorithm"));
        }
        if (hashes * SHARES_PER_SECOND_MAX < RATE_LEAST) {
            return Optional.of(new Finding(
                    Fault.DIFFICULTY_ABSURD,
                    String.format(
                            Locale.ROOT,
                            "shares are absurdly easy: one takes %.3g hashes, so that 1 MH/s finds thousands a second",
                            hashes),
                    "ask the pool for another port or difficulty; perhaps it is a pool of another algorithm"));
        }
        return Optional.empty();
    }

    private List<Finding> unopened(Connection.Record record) {
        List<WireStep.Resolved> resolved = record.steps(WireStep.Resolved.class);
        String host = record.order().address().host();
        if (resolved.isEmpty()) {
            return List.of(
                    record.end().isPresent()
                            ? new Finding(
                                    Fault.NAME_UNKNOWN,
                                    "the name " + host + " does not resolve to any address",
                                    "check its spelling, and this machine's name service")
                            : new Finding(
                                    Fault.NAME_TOO_SLOW,
                                    "the name " + host + " was not resolved in time",
                                    "check this machine's name service"));
        }
        Optional<String> refusal = resolved.getFirst().addresses().stream()
                .flatMap(address -> rules.refusal(address).stream())
                .findFirst();
        if (refusal.isPresent()) {
            return List.of(new Finding(
                    Fault.ADDRESS_FORBIDDEN,
                    "the pool may not be connected to: " + host + ": " + refusal.get(),
                    "pools must have public addresses only"));
        }
        return new ConnectionFaults(record).findings();
    }

    private Finding jobless(Connection.Record record) {
        if (record.end().orElse(null) instanceof PoolMovedException moved) {
            return movedAway(moved);
        }
        List<String> complaints = record.said().stream()
                .filter(PoolEvent.Said::isComplaint)
                .map(PoolEvent.Said::text)
                .toList();
        if (!complaints.isEmpty()) {
            return new Finding(
                    Fault.JOB_MALFORMED,
                    "the pool authorised the user, but sent no job that can be read: " + String.join("; ", complaints),
                    "perhaps it is a pool of another algorithm");
        }
        return new Finding(
                Fault.NO_JOB,
                "the pool authorised the user, but sent no job"
                        + record.end().map(Diagnosis::and).orElse(""),
                "");
    }

    private static String and(IOException end) {
        return ", and then: " + end.getMessage();
    }

    private Finding movedAway(PoolMovedException moved) {
        PoolAddress there = moved.address();
        if (asked.mayMoveTo(there.host())) {
            return new Finding(
                    Fault.SENDS_ELSEWHERE,
                    "the pool sends its miners from one address to the next, now to " + there + ", and gives no job",
                    "");
        }
        return new Finding(
                Fault.SENDS_ELSEWHERE,
                "the pool sends its miners elsewhere, to " + there + ", where this miner may not follow",
                "if that is the same pool, allow it with --allow-move " + there.bareHost() + "; or test " + there);
    }

    private Finding unauthorised(Connection.Record record) {
        IOException end = record.end().orElse(null);
        return switch (end) {
            case PoolMovedException moved -> movedAway(moved);
            case PoolRefusedException refused -> refused(refused);
            case null, default -> misunderstood(record);
        };
    }

    private static Finding refused(PoolRefusedException refused) {
        String text = PrintableText.of(String.valueOf(refused.getMessage()));
        return switch (refused.what()) {
            case SUBSCRIPTION -> new Finding(Fault.SUBSCRIPTION_REFUSED, text, "");
            case USER -> new Finding(Fault.USER_REFUSED, text, "check --user and --password as the pool wants them");
        };
    }

    private Finding misunderstood(Connection.Record record) {
        String first = Opening.shown(record.opening()).stream().findFirst().orElse("");
        return switch (Opening.of(record.opening())) {
            case NOTHING -> mute(record);
            case TLS -> tlsWanted(record, "it answers clear text with an alert of TLS");
            case HTTP ->
                new Finding(
                        Fault.SPEAKS_HTTP,
                        "this is no pool but a web server: it answers " + first,
                        "look up the pool's host and port for miners");
            case TEXT, BINARY ->
                new Finding(
                        Fault.SPEAKS_SOMETHING_ELSE,
                        "the pool speaks nothing that was tried: it says " + first
                                + record.end().map(Diagnosis::and).orElse(""),
                        "look up the pool's host and port for miners, and which protocol it speaks");
            case JSON -> unhelpful(record, first);
        };
    }

    private static Finding unhelpful(Connection.Record record, String first) {
        return record.end()
                .map(end -> new Finding(
                        Fault.SPEAKS_SOMETHING_ELSE,
                        "the pool did not let us in: " + end.getMessage() + "; it said " + first,
                        ""))
                .orElseGet(() -> new Finding(
                        Fault.SILENT,
                        "the pool answers, but did not let us in within the time; it said " + first,
                        "give it more --seconds"));
    }

    private Finding mute(Connection.Record record) {
        if (speaksTls) {
            return tlsWanted(record, "it does not answer clear text, and does answer TLS");
        }
        return record.end()
                .map(end -> new Finding(
                        Fault.HANGS_UP,
                        "the pool takes the connection and ends it without a word: " + end.getMessage(),
                        "check the port, and that the algorithm is the pool's"))
                .orElseGet(() -> new Finding(
                        Fault.SILENT,
                        "the pool takes the connection and says nothing",
                        "check the port, and that the algorithm is the pool's"));
    }

    private static Finding tlsWanted(Connection.Record record, String why) {
        PoolAddress encrypted = Schemes.other(record.order().address());
        return new Finding(Fault.TLS_WANTED, "the pool wants TLS at this port: " + why, "use " + encrypted);
    }
}

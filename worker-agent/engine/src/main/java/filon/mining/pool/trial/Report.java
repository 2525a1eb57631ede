package filon.mining.pool.trial;

import filon.contracts.address.AddressRules;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTrust;
import filon.mining.pool.PrintableText;
import filon.mining.pool.StandbyLimits;
import filon.mining.pool.WireStep;
import filon.mining.pool.trial.PoolReport.Contact;
import filon.mining.pool.trial.PoolReport.Finding;
import filon.mining.pool.trial.PoolReport.Outcome;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Writes down what a trial found. */
final class Report {
    private static final long[] RATES = {100_000, 1_000_000, 100_000_000, 10_000_000_000L};
    private static final Duration EXPIRY_NEAR = Duration.ofDays(14);
    private static final double RATE_OF_A_DEVICE = 1e8;

    private final PoolOrder asked;
    private final ProofOfWork algorithm;
    private final AddressRules rules;

    Report(PoolOrder asked, ProofOfWork algorithm, AddressRules rules) {
        this.asked = asked;
        this.algorithm = algorithm;
        this.rules = rules;
    }

    /** @param records of all connections, at least one */
    PoolReport of(List<Connection.Record> records, boolean speaksTls, Duration total) {
        PoolAddress last = records.getLast().order().address();
        Connection.Record best = records.stream()
                .filter(record -> record.order().address().equals(last))
                .max(Comparator.comparingInt(Report::reach))
                .orElseThrow();
        List<Finding> findings = new Diagnosis(asked, rules, speaksTls).of(best);
        return new PoolReport(
                asked.address(),
                algorithm.name(),
                asked.pool().user(),
                findings.isEmpty(),
                findings,
                notes(records, best),
                records.stream().map(this::attempt).toList(),
                best.agreed(),
                best.isAuthorised(),
                best.job().map(this::job),
                new PoolReport.Timing(
                        millis(best.moments().answered()),
                        millis(best.moments().authorised()),
                        millis(best.moments().job()),
                        millis(best.moments().roundTrip()),
                        millis(total)));
    }

    /** How far a connection came. */
    private static int reach(Connection.Record record) {
        if (record.job().isPresent()) {
            return 6;
        }
        if (record.isAuthorised()) {
            return 5;
        }
        if (record.isUserRefused()) {
            return 4;
        }
        boolean isAnswered = Opening.of(record.opening()) == Opening.JSON;
        return isAnswered ? 3 : record.opening().length > 0 ? 2 : record.isOpened() ? 1 : 0;
    }

    private static OptionalDouble millis(OptionalLong nanos) {
        return nanos.isPresent() ? OptionalDouble.of(nanos.getAsLong() / 1e6) : OptionalDouble.empty();
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private PoolReport.Attempt attempt(Connection.Record record) {
        return new PoolReport.Attempt(
                record.order().address(),
                record.dialect(),
                record.asksForLeast(),
                contacts(record),
                encryption(record),
                Opening.shown(record.opening()),
                record.job().isPresent()
                        ? ""
                        : record.end()
                                .map(end -> PrintableText.of(String.valueOf(end.getMessage())))
                                .orElse("no job in time"));
    }

    private List<Contact> contacts(Connection.Record record) {
        return record.steps(WireStep.Resolved.class).stream()
                .flatMap(resolved -> resolved.addresses().stream())
                .map(address -> contact(record, address))
                .toList();
    }

    private Contact contact(Connection.Record record, InetAddress address) {
        String text = address.getHostAddress();
        Optional<String> refusal = rules.refusal(address);
        if (refusal.isPresent()) {
            return new Contact(text, Outcome.FORBIDDEN, OptionalDouble.empty(), refusal.get());
        }
        Optional<WireStep.Connected> connected = record.steps(WireStep.Connected.class).stream()
                .filter(each -> each.address().equals(address))
                .findFirst();
        Optional<WireStep.Failed> failed = record.steps(WireStep.Failed.class).stream()
                .filter(each -> each.address().equals(address))
                .findFirst();
        String reason = failed.map(
                        each -> PrintableText.of(String.valueOf(each.reason().getMessage())))
                .orElse("");
        if (connected.isPresent()) {
            Outcome outcome = failed.isPresent() ? Outcome.NOT_ENCRYPTED : Outcome.CONNECTED;
            return new Contact(
                    text, outcome, OptionalDouble.of(millis(connected.get().after())), reason);
        }
        return failed.map(each -> new Contact(text, Outcome.FAILED, OptionalDouble.of(millis(each.after())), reason))
                .orElseGet(() -> new Contact(text, Outcome.NOT_TRIED, OptionalDouble.empty(), ""));
    }

    private static Optional<PoolReport.Encryption> encryption(Connection.Record record) {
        Optional<PoolReport.Certificate> certificate = reading(record).map(CertificateReading::certificate);
        List<WireStep.Encrypted> encrypted = record.steps(WireStep.Encrypted.class);
        if (encrypted.isEmpty()) {
            return certificate.map(
                    shown -> new PoolReport.Encryption("", "", OptionalDouble.empty(), Optional.of(shown)));
        }
        WireStep.Encrypted last = encrypted.getLast();
        return Optional.of(new PoolReport.Encryption(
                last.version(), last.cipher(), OptionalDouble.of(millis(last.after())), certificate));
    }

    private static Optional<CertificateReading> reading(Connection.Record record) {
        List<WireStep.Shown> shown = record.steps(WireStep.Shown.class);
        return shown.isEmpty()
                ? Optional.empty()
                : Optional.of(CertificateReading.of(
                        shown.getLast().chain().getFirst(),
                        record.order().address().bareHost(),
                        record.at()));
    }

    private PoolReport.Job job(PoolJob job) {
        double hashes = job.target().hashesPerHit();
        double one = algorithm.targetOf(BigDecimal.ONE).hashesPerHit();
        return new PoolReport.Job(
                PrintableText.of(job.id()),
                job.isClean(),
                hashes / one,
                job.target().toString(),
                hashes,
                LongStream.of(RATES)
                        .mapToObj(rate -> new PoolReport.ShareTime(rate, hashes / rate))
                        .toList());
    }

    private static List<String> notes(List<Connection.Record> records, Connection.Record best) {
        List<String> notes = new ArrayList<>();
        if (!best.order().address().equals(records.getFirst().order().address())) {
            notes.add("the pool sends its miners to " + best.order().address() + ", and may");
        }
        if (best.asksForLeast() && best.job().isPresent()) {
            notes.add("the pool hangs up on extensions of the protocol; it is asked for none");
        }
        long failed = best.steps(WireStep.Failed.class).size();
        if (best.isOpened() && failed > 0) {
            notes.add(failed + " of "
                    + best.steps(WireStep.Resolved.class).getFirst().addresses().size() + " addresses of "
                    + best.order().address().host() + " could not be connected to");
        }
        encryptionNotes(best, notes);
        best.job().ifPresent(job -> jobNote(job, notes));
        best.said().stream()
                .filter(words -> !words.isComplaint() || best.job().isPresent())
                .map(PoolEvent.Said::text)
                .forEach(notes::add);
        return notes;
    }

    private static void encryptionNotes(Connection.Record best, List<String> notes) {
        if (!best.isOpened()) {
            return;
        }
        if (!best.order().address().scheme().isEncrypted()) {
            if (best.order().address().authorityKey().isEmpty()) {
                notes.add("nothing is encrypted: who sits on the way can take the hash rate");
            }
            return;
        }
        if (best.order().trust() instanceof PoolTrust.Unverified) {
            notes.add("any certificate is accepted: who sits on the way can take the hash rate");
        }
        reading(best).ifPresent(reading -> {
            PoolReport.Certificate certificate = reading.certificate();
            reading.faults()
                    .forEach(fault -> notes.add("accepted all the same: "
                            + CertificateWords.of(
                                    fault, certificate, best.order().address())));
            Duration left = Duration.between(best.at(), certificate.validUntil());
            if (!left.isNegative() && left.compareTo(EXPIRY_NEAR) < 0) {
                notes.add(
                        "the pool's certificate expires in " + left.toDays() + " days, at " + certificate.validUntil());
            }
        });
    }

    private static void jobNote(PoolJob job, List<String> notes) {
        double seconds = job.target().hashesPerHit() / RATE_OF_A_DEVICE;
        if (seconds > StandbyLimits.USUAL.hardest().toSeconds()) {
            notes.add(
                    "a share takes more than an hour at 100 MH/s: a slower miner leaves this pool for the next it is given");
        }
    }
}

package filon.mining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import filon.contracts.value.HashRate;
import filon.mining.pool.trial.PoolReport;
import filon.mining.pool.trial.PoolReport.Attempt;
import filon.mining.pool.trial.PoolReport.Contact;
import filon.mining.pool.trial.PoolReport.Encryption;
import filon.mining.pool.trial.PoolReport.Finding;
import filon.mining.pool.trial.PoolReport.Job;
import filon.mining.pool.trial.PoolReport.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A report of a pool's trial as lines, for people or as JSON. */
final class PoolReportText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    private static final Duration DAYS_FROM = Duration.ofDays(2);
    private static final double FOREVER_DAYS = 100_000;

    private final List<String> lines = new ArrayList<>();

    private PoolReportText() {}

    static List<String> lines(PoolReport report, boolean isJson) {
        return isJson ? List.of(json(report)) : new PoolReportText().text(report);
    }

    private static String json(PoolReport report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is not JSON", e);
        }
    }

    private List<String> text(PoolReport report) {
        line("pool", report.pool() + " for " + report.algorithm());
        Attempt last = report.attempts().getFirst();
        contacts(last);
        for (Attempt attempt : report.attempts()) {
            if (!attempt.pool().equals(last.pool())) {
                line("moved to", attempt.pool().toString());
                contacts(attempt);
            }
            last = attempt;
            dialect(attempt);
        }
        if (!report.agreed().isEmpty()) {
            line(
                    "agreed",
                    report.agreed().entrySet().stream()
                            .map(each -> each.getKey() + " " + each.getValue())
                            .collect(Collectors.joining(", ")));
        }
        if (report.isAuthorised()) {
            line(
                    "user",
                    report.user() + " is authorised" + after(report.timing().authorised()));
        }
        report.job().ifPresent(job -> job(job, report));
        report.timing().roundTrip().ifPresent(millis -> line("round trip", millis(millis)));
        report.notes().forEach(note -> line("note", note));
        findings(report.findings());
        line("verdict", verdict(report));
        return lines;
    }

    private void line(String what, String text) {
        lines.add(String.format(Locale.ROOT, "%-12s%s", what, text));
    }

    private void contacts(Attempt attempt) {
        attempt.contacts().forEach(contact -> line("address", contact(contact)));
        attempt.encryption().ifPresent(this::encryption);
    }

    private static String contact(Contact contact) {
        // why a handshake failed is found out and said below
        boolean isTold = contact.reason().isEmpty() || contact.outcome() == Outcome.NOT_ENCRYPTED;
        String reason = isTold ? "" : ": " + contact.reason();
        String what =
                switch (contact.outcome()) {
                    case CONNECTED -> "connected";
                    case NOT_ENCRYPTED -> "connected, but not encrypted";
                    case FAILED -> "failed";
                    case FORBIDDEN -> "forbidden";
                    case NOT_TRIED -> "not tried";
                };
        return contact.address() + " " + what + after(contact.millis()) + reason;
    }

    private void encryption(Encryption encryption) {
        line(
                "tls",
                encryption.version().isEmpty()
                        ? "the handshake did not come to an end"
                        : encryption.version() + ", " + encryption.cipher() + after(encryption.millis()));
        encryption.certificate().ifPresent(certificate -> {
            line("certificate", certificate.subject() + ", for " + String.join(", ", certificate.hosts()));
            line("", "signed by " + certificate.issuer());
            line("", "valid from " + certificate.validFrom() + " until " + certificate.validUntil());
            line("", "SHA-256 " + certificate.sha256());
        });
    }

    private void dialect(Attempt attempt) {
        boolean isConnected = attempt.contacts().stream().anyMatch(each -> each.outcome() == Outcome.CONNECTED);
        if (!isConnected) {
            return; // nothing was said
        }
        String least = attempt.asksForLeast() ? ", asked for the least" : "";
        line("dialect", attempt.dialect() + least + ": " + (attempt.end().isEmpty() ? "understood" : attempt.end()));
        if (!attempt.end().isEmpty()) {
            attempt.heard().forEach(words -> line("", "the pool said " + words));
        }
    }

    private void job(Job job, PoolReport report) {
        line(
                "job",
                job.id()
                        + (job.isClean() ? ", clean" : "")
                        + after(report.timing().firstJob()));
        line("difficulty", rounded(job.difficulty()) + ", target " + job.target());
        String times = job.shareTimes().stream()
                .map(each -> time(each.seconds()) + " at " + rate(each.hashesPerSecond()))
                .collect(Collectors.joining(", "));
        line("a share", String.format(Locale.ROOT, "%.4g hashes: about %s", job.hashesPerShare(), times));
    }

    private static String rounded(double number) {
        BigDecimal six = new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros();
        return Math.abs(six.precision() - six.scale()) > 12 ? six.toString() : six.toPlainString();
    }

    private static String rate(long hashesPerSecond) {
        return new HashRate(hashesPerSecond).toString().replace(".00", "");
    }

    /** Two figures, as chance decides over the rest. */
    private static String time(double seconds) {
        if (seconds < 100) {
            return String.format(
                    Locale.ROOT, seconds < 0.01 ? "less than 0.01 s" : seconds < 10 ? "%.2f s" : "%.0f s", seconds);
        }
        double days = seconds / 86_400;
        if (days > DAYS_FROM.toDays()) {
            return days > FOREVER_DAYS ? "centuries" : String.format(Locale.ROOT, "%.0f days", days);
        }
        return seconds < 7_200
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.0f h", seconds / 3_600);
    }

    /** What is advised for several is said once, after the last of them. */
    private void findings(List<Finding> findings) {
        for (int i = 0; i < findings.size(); i++) {
            line("wrong", findings.get(i).text());
            String advice = findings.get(i).advice();
            boolean isSaidLater =
                    i + 1 < findings.size() && findings.get(i + 1).advice().equals(advice);
            if (!advice.isEmpty() && !isSaidLater) {
                line("", "-> " + advice);
            }
        }
    }

    private static String verdict(PoolReport report) {
        String whole = String.format(Locale.ROOT, " (%.1f s)", report.timing().total() / 1000);
        return (report.isUsable()
                        ? "this pool can be mined for"
                        : "this pool cannot be mined for: "
                                + report.findings().stream()
                                        .map(finding -> finding.fault()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '))
                                        .collect(Collectors.joining(", ")))
                + whole;
    }

    private static String after(OptionalDouble millis) {
        return millis.isPresent() ? " after " + millis(millis.getAsDouble()) : "";
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }
}

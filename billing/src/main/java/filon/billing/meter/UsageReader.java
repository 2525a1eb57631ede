package filon.billing.meter;

import filon.contracts.message.Envelope;
import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import filon.plumbing.inbox.RawRecord;
import filon.plumbing.uplink.UplinkKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Believes a record only when its MAC is its host's own, and understands it only when it is a complete usage report. */
@ApplicationScoped
public class UsageReader {
    /** Beyond any number an agent reaches; keeps arithmetic on numbers far from overflow. */
    static final long NUMBER_MAX = 1L << 52;

    private final UplinkKeys keys;

    UsageReader(UplinkKeys keys) {
        this.keys = keys;
    }

    Reading read(RawRecord raw) {
        Optional<String> refusal = keys.refusal(raw.topic(), raw.key(), raw.headers(), raw.value());
        if (refusal.isPresent()) {
            return new Reading.Unusable(raw, refusal.get());
        }
        try {
            UsageReport report = reportOf(raw.value());
            return objectionTo(report, raw.key())
                    .<Reading>map(why -> new Reading.Unusable(raw, why))
                    .orElseGet(() -> new Reading.Genuine(raw, report, Sha256.of(raw.value())));
        } catch (UnusableMessageException e) {
            return new Reading.Unusable(raw, e.getMessage());
        }
    }

    /** The report in bytes that were read before. */
    static UsageReport reportOf(byte[] bytes) throws UnusableMessageException {
        Envelope envelope = MessageCodec.decode(bytes);
        if (envelope.payload() instanceof UsageReport report) {
            return report;
        }
        throw new UnusableMessageException("a " + envelope.name() + " is no usage report", null);
    }

    private static Optional<String> objectionTo(UsageReport report, String key) {
        if (report.hostId() == null || !report.hostId().toString().equals(key)) {
            return Optional.of("the report is of host " + report.hostId() + ", the record's key is " + key);
        }
        if (report.incarnation() > NUMBER_MAX || report.sequence() > NUMBER_MAX) {
            return Optional.of("incarnation " + report.incarnation() + " or sequence " + report.sequence() + " exceeds "
                    + NUMBER_MAX);
        }
        for (GpuUsage usage : report.usage()) {
            if (usage.leaseId() == null || usage.rentalId() == null || usage.gpuId() == null) {
                return Optional.of("a block of usage has no lease, rental or GPU");
            }
        }
        return Optional.empty();
    }
}

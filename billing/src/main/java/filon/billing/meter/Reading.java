package filon.billing.meter;

import filon.contracts.message.UsageReport;
import filon.plumbing.inbox.RawRecord;

/** A record from the usage topic after its MAC and its shape were checked. */
sealed interface Reading {
    RawRecord raw();

    /** A report that its host wrote. */
    record Genuine(RawRecord raw, UsageReport report, Sha256 sha) implements Reading {
        ReportId id() {
            return new ReportId(report.hostId(), report.incarnation(), report.sequence());
        }

        Sha256 previous() {
            return new Sha256(report.previousSha256());
        }
    }

    /** Bytes that cannot be believed or understood. */
    record Unusable(RawRecord raw, String reason) implements Reading {}
}

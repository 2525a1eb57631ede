package filon.billing.meter;

import filon.contracts.value.LeaseId;
import filon.plumbing.inbox.RawRecord;
import java.util.Optional;

/** Something that was reported and is not billed, with the reason; kept for ever. */
public sealed interface Conflict {
    String reason();

    /** A whole record was refused; its bytes are kept. */
    record WholeRecord(RawRecord raw, Optional<ReportId> report, String reason) implements Conflict {}

    /** A part of a received report was refused; the report itself is kept with the others. */
    record PartOfReport(ReportId report, LeaseId lease, String reason) implements Conflict {}
}

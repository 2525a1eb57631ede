package filon.billing.meter;

import filon.contracts.value.LeaseId;
import java.util.Optional;

/**
 * What joins the meter of one GPU under one lease.
 *
 * @param finalReport the report that said nothing more will come, if one did
 */
public record GpuDelta(LeaseId lease, GpuReading reading, Optional<ReportId> finalReport) {}

package filon.billing.meter;

import filon.contracts.message.UsageReport.GpuUsage;
import java.time.Instant;

/** One block of a received report: usage of one GPU under one lease, and when it first came. */
public record Metered(ReportId report, Instant receivedAt, GpuUsage usage) {}

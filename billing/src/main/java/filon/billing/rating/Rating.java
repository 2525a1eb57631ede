package filon.billing.rating;

import filon.billing.meter.GpuReading;
import filon.billing.meter.Intervals;
import filon.billing.meter.Lease;
import filon.billing.meter.LeaseReading;
import filon.billing.meter.Meters;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.MicroEuro;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a rental's meters come to at its frozen price; pure.
 *
 * <p>Proven = covered ∩ share windows ∩ the time the lease may be billed; whole seconds per GPU over all leases of the rental;
 * the cost is that of the sum.
 *
 * @param meteredUntil the end of the last billable covered millisecond; the epoch where nothing is covered
 */
public record Rating(
        long provenSeconds,
        MicroEuro cost,
        long acceptedShares,
        long rejectedShares,
        Instant meteredUntil,
        List<Line> lines) {
    public Rating {
        lines = List.copyOf(lines);
    }

    /** One GPU under one lease. */
    public record Line(
            LeaseId lease,
            long epoch,
            GpuId gpu,
            long coveredMillis,
            long provenMillis,
            long hashes,
            long acceptedShares,
            long rejectedShares) {}

    public static Rating of(MicroEuro pricePerGpuHour, List<LeaseReading> readings) {
        Map<LeaseId, Intervals> billable = billable(readings);
        Map<GpuId, Long> provenMillis = new TreeMap<>();
        List<Line> lines = new ArrayList<>();
        long until = 0;
        for (LeaseReading reading : readings) {
            Lease lease = reading.lease();
            for (GpuReading gpu : reading.gpus()) {
                Intervals covered = gpu.covered().intersect(billable.get(lease.id()));
                long proven = covered.intersect(gpu.windows()).measure();
                provenMillis.merge(gpu.gpu(), proven, Math::addExact);
                until = covered.isEmpty() ? until : Math.max(until, covered.end());
                lines.add(new Line(
                        lease.id(),
                        lease.epoch(),
                        gpu.gpu(),
                        covered.measure(),
                        proven,
                        gpu.hashes(),
                        gpu.accepted(),
                        gpu.rejected()));
            }
        }
        long seconds = provenMillis.values().stream()
                .mapToLong(millis -> millis / 1_000)
                .sum();
        return new Rating(
                seconds,
                pricePerGpuHour.costOfSeconds(seconds),
                lines.stream().mapToLong(Line::acceptedShares).sum(),
                lines.stream().mapToLong(Line::rejectedShares).sum(),
                Instant.ofEpochMilli(until),
                lines);
    }

    /**
     * When each lease may be billed: from its grant to its end, with a tolerance for clocks, but never beyond the grant of a
     * lease of the same rental with a higher epoch, and never twice.
     */
    private static Map<LeaseId, Intervals> billable(List<LeaseReading> readings) {
        Map<LeaseId, Intervals> billable = new TreeMap<>();
        List<LeaseReading> byEpoch = new ArrayList<>(readings);
        byEpoch.sort(Comparator.comparingLong((LeaseReading r) -> r.lease().epoch())
                .thenComparing(r -> r.lease().id()));
        for (LeaseReading reading : byEpoch) {
            Lease lease = reading.lease();
            long from = lease.grantedAt().minus(Meters.CLOCK_TOLERANCE).toEpochMilli();
            long to = reading.end()
                    .map(end -> end.endedAt().plus(Meters.CLOCK_TOLERANCE).toEpochMilli())
                    .orElse(Long.MAX_VALUE);
            for (LeaseReading other : byEpoch) {
                if (other.lease().epoch() > lease.epoch()) {
                    to = Math.min(to, other.lease().grantedAt().toEpochMilli());
                } else if (other.lease().epoch() < lease.epoch()) {
                    from = Math.max(from, lastMillisOf(other, lease));
                }
            }
            billable.put(lease.id(), Intervals.between(from, to));
        }
        return billable;
    }

    /** Up to where an older lease may be billed: its end, at the latest the grant of the newer one. */
    private static long lastMillisOf(LeaseReading older, Lease newer) {
        long granted = newer.grantedAt().toEpochMilli();
        return older.end()
                .map(end -> Math.min(
                        granted, end.endedAt().plus(Meters.CLOCK_TOLERANCE).toEpochMilli()))
                .orElse(granted);
    }
}

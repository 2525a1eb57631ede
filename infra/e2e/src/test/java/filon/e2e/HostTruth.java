package filon.e2e;

import filon.agent.meter.MeteringLog;
import filon.contracts.message.UsageReport;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.message.UsageReport.ShareProof;
import filon.contracts.message.UsageReport.Span;
import filon.contracts.value.RentalId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the agent wrote down on its own disk, rated by the one rule without a line of billing's code: a millisecond is proven
 * when the device ran in it and an accepted share was found in it or within the minute after it; whole seconds per GPU.
 *
 * <p>It marks every single millisecond instead of merging intervals, so that it shares no mistake with billing.
 */
final class HostTruth {
    private static final int WINDOW_MILLIS = 60_000;
    private static final int LONGEST_MILLIS = 3_600_000;

    private HostTruth() {}

    private record Lane(Object lease, Object gpu) {}

    static long provenSeconds(Path agentHome, RentalId rental) throws IOException {
        Map<Lane, List<GpuUsage>> lanes = new HashMap<>();
        for (UsageReport report : MeteringLog.of(agentHome).reports()) {
            report.usage().stream()
                    .filter(usage -> usage.rentalId().equals(rental))
                    .forEach(usage -> lanes.computeIfAbsent(
                                    new Lane(usage.leaseId(), usage.gpuId()), lane -> new ArrayList<>())
                            .add(usage));
        }
        Map<Object, Long> millisOfGpu = new HashMap<>();
        lanes.forEach((lane, usage) -> millisOfGpu.merge(lane.gpu(), provenMillis(usage), Long::sum));
        return millisOfGpu.values().stream().mapToLong(millis -> millis / 1_000).sum();
    }

    private static long provenMillis(List<GpuUsage> usage) {
        long origin = usage.stream()
                        .flatMap(one -> one.running().stream())
                        .mapToLong(Span::fromMillis)
                        .min()
                        .orElse(0)
                - WINDOW_MILLIS;
        BitSet ran = new BitSet();
        BitSet backed = new BitSet();
        for (GpuUsage one : usage) {
            for (Span span : one.running()) {
                ran.set(index(span.fromMillis(), origin), index(span.toMillis(), origin));
            }
            for (ShareProof share : one.shares()) {
                int at = index(share.atMillis(), origin);
                backed.set(Math.max(0, at - WINDOW_MILLIS + 1), at + 1);
            }
        }
        ran.and(backed);
        return ran.cardinality();
    }

    private static int index(long millis, long origin) {
        long index = millis - origin;
        if (index < 0 || index > LONGEST_MILLIS) {
            throw new IllegalStateException("the log tells of " + millis + ", more than an hour away from " + origin);
        }
        return (int) index;
    }
}

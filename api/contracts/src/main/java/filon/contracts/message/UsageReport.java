package filon.contracts.message;

import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;

/**
 * What one host metered, in its own numbered, hash-chained order. Topic {@link Topics#USAGE_REPORTS}, key = host id.
 *
 * <p>Written to the agent's metering log before it is sent, and kept there until {@link UsageAcknowledged}. Counters are
 * cumulative; spans are half-open; nothing in it depends on the order or the number of its arrivals.
 *
 * @param incarnation of the agent that wrote it, rises at each start
 * @param sequence 1, 2, 3 ... without a gap within the incarnation
 * @param previousSha256 hex SHA-256 of the previous report's bytes as sent; 64 zeros for the first of an incarnation
 */
public record UsageReport(
        HostId hostId, long incarnation, long sequence, String previousSha256, Instant at, List<GpuUsage> usage)
        implements Message {
    public UsageReport {
        if (incarnation < 1 || sequence < 1) {
            throw new IllegalArgumentException(
                    "incarnation " + incarnation + " and sequence " + sequence + " start at 1");
        }
        if (previousSha256 == null || !previousSha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("previous hash is not 64 lower-case hex digits: " + previousSha256);
        }
        usage = List.copyOf(usage);
    }

    @Override
    public String key() {
        return hostId.toString();
    }

    /**
     * The usage of one GPU under one lease since its last report.
     *
     * @param running spans in which the device hashed a pool's job
     * @param hashes claimed, cumulative over the lease on this GPU (informational; never billed)
     * @param acceptedShares cumulative over the lease on this GPU
     * @param isFinal nothing more will come for this lease and GPU
     */
    public record GpuUsage(
            LeaseId leaseId,
            RentalId rentalId,
            long epoch,
            GpuId gpuId,
            List<Span> running,
            long hashes,
            long acceptedShares,
            long rejectedShares,
            List<ShareProof> shares,
            boolean isFinal) {
        public GpuUsage {
            running = List.copyOf(running);
            shares = List.copyOf(shares);
        }
    }

    /** Milliseconds since the epoch by the host's anchored clock, {@code [fromMillis, toMillis)}. */
    public record Span(long fromMillis, long toMillis) {
        public Span {
            if (toMillis <= fromMillis) {
                throw new IllegalArgumentException("span from " + fromMillis + " to " + toMillis + " is empty");
            }
        }
    }

    /**
     * One share that the pool accepted, with what is needed to hash it again.
     *
     * @param atMillis when the device found it, same clock as the spans
     * @param header the solved header, hex; {@code sha256d}: 80 bytes
     * @param target the pool's share target in force for that job, 64 hex digits, big-endian
     */
    public record ShareProof(long atMillis, String header, String target) {}
}

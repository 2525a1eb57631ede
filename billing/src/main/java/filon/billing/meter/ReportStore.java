package filon.billing.meter;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Where reports and their lanes are kept. */
public interface ReportStore {
    /** Opens lanes that are new and locks all, in this order, until the transaction ends. */
    Map<LaneId, Lane> lock(SortedSet<LaneId> lanes);

    void save(Collection<Lane> lanes);

    /** The hashes of those of the reports that were received. */
    Map<ReportId, Hashes> hashesOf(Collection<ReportId> reports);

    void insert(List<Received> reports);

    void insertConflicts(List<Conflict> conflicts, Instant seenAt);

    /** Lanes of all hosts, or of those with numbers missing. */
    List<Lane> lanesWithGaps();

    /** The two hashes of a stored report. */
    record Hashes(Sha256 sha, Sha256 previous) {}

    /** A report to be kept for ever. */
    record Received(
            ReportId id,
            Sha256 sha,
            Sha256 previous,
            byte[] payload,
            String topic,
            int partition,
            long offset,
            Instant receivedAt) {}
}

package filon.provisioning.reconcile;

import filon.contracts.value.LeaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads leases beside what their hosts say. */
public interface OutlookStore {
    /** Leases whose order is older than {@code orderedBefore} and that do not stand as they should, oldest order first. */
    List<LeaseId> doubtful(Instant orderedBefore, Instant namedSince);

    /** @param namedSince an ended lease counts only if its workload was named since then */
    Optional<LeaseOutlook> of(LeaseId lease, Instant namedSince, Instant now);
}

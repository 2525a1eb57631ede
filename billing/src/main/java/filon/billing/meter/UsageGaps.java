package filon.billing.meter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;

/** The reports that never came although later ones did. */
@ApplicationScoped
@Transactional
public class UsageGaps {
    private final ReportStore store;

    UsageGaps(ReportStore store) {
        this.store = store;
    }

    /** Lanes with at least one gap. */
    public List<Lane> lanes() {
        return store.lanesWithGaps();
    }

    /** How many reports are missing. */
    public long count() {
        return lanes().stream().mapToLong(lane -> lane.gaps().measure()).sum();
    }
}

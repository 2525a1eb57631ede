package filon.billing.meter;

import filon.contracts.message.LeaseNotice;
import filon.contracts.message.UsageReport.GpuUsage;
import filon.contracts.value.GpuId;
import filon.contracts.value.RentalId;
import filon.plumbing.codec.UnusableMessageException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Keeps what provisioning says of leases; usage that came before its lease is metered when the lease arrives. */
@ApplicationScoped
@Transactional
public class Leases {
    private static final Logger LOG = Logger.getLogger(Leases.class);

    private final MeterStore store;
    private final Meters meters;
    private final Clock clock;

    Leases(MeterStore store, Meters meters, Clock clock) {
        this.store = store;
        this.meters = meters;
        this.clock = clock;
    }

    public void granted(LeaseNotice.Granted notice) {
        Lease said = Lease.of(notice);
        store.lock(said.id());
        Lease known = store.grant(said);
        if (known.epoch() != said.epoch() || !known.host().equals(said.host())) {
            LOG.errorf(
                    "lease %s was granted with epoch %d to host %s; a second grant with epoch %d to host %s is not"
                            + " believed",
                    known.id(), known.epoch(), known.host(), said.epoch(), said.host());
        }
        List<Metered> waiting = new ArrayList<>();
        for (MeterStore.ParkedReport parked : store.takeParked(said.id())) {
            for (GpuUsage usage : usageOf(parked)) {
                if (usage.leaseId().equals(said.id())) {
                    waiting.add(new Metered(parked.report(), parked.receivedAt(), usage));
                }
            }
        }
        meters.apply(waiting, clock.instant());
        store.touch(Set.of(known.rental()));
    }

    public void ended(LeaseNotice.Ended notice) {
        LeaseEnd end = new LeaseEnd(notice.endedAt(), clock.instant());
        store.end(notice.leaseId(), notice.epoch(), end, notice.reason() == null ? "" : notice.reason())
                .ifPresent(rental -> store.touch(Set.of(rental)));
    }

    /** Whether all usage of this lease is here: the last report of each GPU, and every report numbered before it. */
    public boolean isComplete(Lease lease) {
        Map<GpuId, ReportId> finals = store.finalReports(lease.id());
        if (!finals.keySet().containsAll(lease.gpus())) {
            return false;
        }
        List<Lane> lanes = store.lanes(lease.host());
        return finals.values().stream().allMatch(last -> lanes.stream().allMatch(lane -> isCompleteUpTo(lane, last)));
    }

    public List<LeaseReading> readings(RentalId rental) {
        return store.readings(rental);
    }

    private static boolean isCompleteUpTo(Lane lane, ReportId last) {
        if (lane.id().incarnation() == last.incarnation()) {
            return lane.watermark() >= last.sequence();
        }
        return lane.id().incarnation() > last.incarnation() || lane.gaps().isEmpty();
    }

    private static List<GpuUsage> usageOf(MeterStore.ParkedReport parked) {
        try {
            return UsageReader.reportOf(parked.payload()).usage();
        } catch (UnusableMessageException e) {
            throw new IllegalStateException("report " + parked.report() + " was readable when it was parked", e);
        }
    }
}

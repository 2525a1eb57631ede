package filon.provisioning.reconcile;

import filon.contracts.value.LeaseId;
import filon.provisioning.host.Hosts;
import filon.provisioning.leader.Leadership;
import filon.provisioning.leader.Term;
import filon.provisioning.lease.Leases;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The use cases of the reconciliation; each repair is a transaction that only the leader of the chore can commit. */
@ApplicationScoped
@Transactional
public class Reconciler {
    public static final String CHORE = "reconcile";
    private final OutlookStore store;
    private final Leadership leadership;
    private final Leases leases;
    private final Hosts hosts;
    private final Clock clock;
    private final MeterRegistry metrics;

    Reconciler(
            OutlookStore store, Leadership leadership, Leases leases, Hosts hosts, Clock clock, MeterRegistry metrics) {
        this.store = store;
        this.leadership = leadership;
        this.leases = leases;
        this.hosts = hosts;
        this.clock = clock;
        this.metrics = metrics;
    }

    public List<LeaseId> doubtful() {
        Instant then = clock.instant().minus(Repair.PATIENCE);
        return store.doubtful(then, then);
    }

    /**
     * Looks once more, under the lease's lock, and orders again what is still missing.
     *
     * @throws filon.provisioning.leader.DeposedException if another instance leads by now
     */
    public void repair(Term term, LeaseId lease) {
        leadership.confirm(term);
        leases.lock(lease);
        Instant now = clock.instant();
        store.of(lease, now.minus(Repair.PATIENCE), now)
                .ifPresent(outlook -> Repair.of(outlook, now).ifPresent(repair -> carryOut(outlook, repair)));
    }

    private void carryOut(LeaseOutlook outlook, Repair repair) {
        leases.repeatOrder(outlook.lease());
        hosts.note(outlook.host(), "Repair", "lease " + outlook.lease() + " ordered again: " + repair.why());
        metrics.counter("filon.reconcile.repairs", "state", outlook.state().label())
                .increment();
    }
}

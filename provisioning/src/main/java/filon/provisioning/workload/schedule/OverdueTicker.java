package filon.provisioning.workload.schedule;

import filon.contracts.value.LeaseId;
import filon.provisioning.lease.Leases;
import filon.provisioning.workload.Workloads;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Ends what silence ends, a transaction per lease; one that fails is tried again and stops no other. */
@ApplicationScoped
class OverdueTicker {
    private static final Logger LOG = Logger.getLogger(OverdueTicker.class);
    private final Leases leases;
    private final Workloads workloads;

    OverdueTicker(Leases leases, Workloads workloads) {
        this.leases = leases;
        this.workloads = workloads;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        for (LeaseId lease : leases.overdue()) {
            try {
                workloads.endOverdue(lease);
            } catch (RuntimeException e) {
                LOG.errorf(e, "lease %s cannot be ended now", lease);
            }
        }
    }
}

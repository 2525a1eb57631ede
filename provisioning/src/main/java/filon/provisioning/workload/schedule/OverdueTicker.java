package filon.provisioning.workload.schedule;

import filon.contracts.value.LeaseId;
import filon.provisioning.lease.Leases;
import filon.provisioning.workload.Workloads;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Ends what silence ends, and says what silence means; a transaction per lease; one that fails is tried again and stops no other. */
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
        leases.overdue().forEach(lease -> attempt(lease, workloads::endOverdue));
        workloads.overtakenBySilence().forEach(lease -> attempt(lease, workloads::tellSilence));
    }

    private static void attempt(LeaseId lease, Consumer<LeaseId> action) {
        try {
            action.accept(lease);
        } catch (RuntimeException e) {
            LOG.errorf(e, "lease %s cannot be looked after now", lease);
        }
    }
}

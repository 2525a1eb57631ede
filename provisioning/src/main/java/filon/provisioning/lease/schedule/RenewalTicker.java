package filon.provisioning.lease.schedule;

import filon.contracts.value.LeaseId;
import filon.provisioning.lease.Leases;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Renews authorisations, a transaction per lease; one that fails is tried again and stops no other. */
@ApplicationScoped
class RenewalTicker {
    private static final Logger LOG = Logger.getLogger(RenewalTicker.class);
    private final Leases leases;

    RenewalTicker(Leases leases) {
        this.leases = leases;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        for (LeaseId lease : leases.toRenew()) {
            try {
                leases.renew(lease);
            } catch (RuntimeException e) {
                LOG.errorf(e, "lease %s cannot be renewed now", lease);
            }
        }
    }
}

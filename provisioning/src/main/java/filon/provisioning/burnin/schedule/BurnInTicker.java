package filon.provisioning.burnin.schedule;

import filon.contracts.value.HostId;
import filon.provisioning.burnin.BurnIns;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Orders what is due, a transaction per host; one that fails is tried again and stops no other. */
@ApplicationScoped
class BurnInTicker {
    private static final Logger LOG = Logger.getLogger(BurnInTicker.class);
    private final BurnIns burnIns;

    BurnInTicker(BurnIns burnIns) {
        this.burnIns = burnIns;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        burnIns.abandon();
        for (HostId host : burnIns.due()) {
            try {
                burnIns.order(host);
            } catch (RuntimeException e) {
                LOG.errorf(e, "no burn-in can be ordered for host %s now", host);
            }
        }
    }
}

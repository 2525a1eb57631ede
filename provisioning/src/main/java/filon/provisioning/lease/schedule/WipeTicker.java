package filon.provisioning.lease.schedule;

import filon.contracts.value.LeaseId;
import filon.provisioning.lease.Wipes;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Gives up wipes that nobody heard of, a transaction per lease; one that fails is tried again and stops no other. */
@ApplicationScoped
class WipeTicker {
    private static final Logger LOG = Logger.getLogger(WipeTicker.class);
    private final Wipes wipes;

    WipeTicker(Wipes wipes) {
        this.wipes = wipes;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        for (LeaseId lease : wipes.overdue()) {
            try {
                wipes.giveUp(lease);
            } catch (RuntimeException e) {
                LOG.errorf(e, "the wipe after lease %s cannot be given up now", lease);
            }
        }
    }
}

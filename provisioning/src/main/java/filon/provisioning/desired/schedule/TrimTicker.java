package filon.provisioning.desired.schedule;

import filon.contracts.value.HostId;
import filon.provisioning.desired.UsageTrims;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tells hosts what to trim, a transaction per host; one that fails is tried again and stops no other. */
@ApplicationScoped
class TrimTicker {
    private static final Logger LOG = Logger.getLogger(TrimTicker.class);
    private final UsageTrims trims;

    TrimTicker(UsageTrims trims) {
        this.trims = trims;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        for (HostId host : trims.due()) {
            try {
                trims.tell(host);
            } catch (RuntimeException e) {
                LOG.errorf(e, "host %s cannot be told to trim now", host);
            }
        }
    }
}

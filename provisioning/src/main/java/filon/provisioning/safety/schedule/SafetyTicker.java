package filon.provisioning.safety.schedule;

import filon.contracts.value.HostId;
import filon.provisioning.safety.Deadlines;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Ends what has waited too long, a transaction per host; one that fails is tried again and stops no other. */
@ApplicationScoped
class SafetyTicker {
    private static final Logger LOG = Logger.getLogger(SafetyTicker.class);
    private final Deadlines deadlines;

    SafetyTicker(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        for (HostId host : deadlines.due()) {
            try {
                deadlines.giveUp(host);
            } catch (RuntimeException e) {
                LOG.errorf(e, "host %s cannot be given up now", host);
            }
        }
    }
}

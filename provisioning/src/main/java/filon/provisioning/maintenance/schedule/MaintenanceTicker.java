package filon.provisioning.maintenance.schedule;

import filon.provisioning.maintenance.MaintenanceWindows;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Begins windows, a transaction per window; one that fails is tried again and stops no other. */
@ApplicationScoped
class MaintenanceTicker {
    private static final Logger LOG = Logger.getLogger(MaintenanceTicker.class);
    private final MaintenanceWindows windows;

    MaintenanceTicker(MaintenanceWindows windows) {
        this.windows = windows;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        for (UUID window : windows.due()) {
            try {
                windows.begin(window);
            } catch (RuntimeException e) {
                LOG.errorf(e, "maintenance window %s cannot begin now", window);
            }
        }
    }
}

package filon.provisioning.placement.schedule;

import filon.contracts.value.RentalId;
import filon.provisioning.placement.Placements;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tries waiting rentals again, a transaction per rental; one that fails is tried again and stops no other. */
@ApplicationScoped
class PlacementTicker {
    private static final Logger LOG = Logger.getLogger(PlacementTicker.class);
    private final Placements placements;

    PlacementTicker(Placements placements) {
        this.placements = placements;
    }

    @Scheduled(every = "${filon.provisioning.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        for (RentalId rental : placements.awaiting()) {
            try {
                placements.place(rental);
            } catch (RuntimeException e) {
                LOG.errorf(e, "rental %s cannot be placed now", rental);
            }
        }
    }
}

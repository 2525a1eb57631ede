package filon.api.rental.schedule;

import filon.api.rental.Rentals;
import filon.contracts.value.RentalId;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Looks for rentals whose deadline has passed; each is its own transaction, so that one cannot hold up the others. */
@ApplicationScoped
class DeadlineTicker {
    private static final Logger LOG = Logger.getLogger(DeadlineTicker.class);
    private static final int BATCH_MAX = 100;

    private final Rentals rentals;

    DeadlineTicker(Rentals rentals) {
        this.rentals = rentals;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        rentals.overdue(BATCH_MAX).forEach(this::notice);
    }

    private void notice(RentalId id) {
        try {
            rentals.noticeSilence(id);
        } catch (RuntimeException e) {
            LOG.errorf(e, "the deadline of rental %s could not be handled; it is tried again", id);
        }
    }
}

package filon.billing.rating.schedule;

import filon.billing.rating.Ratings;
import filon.billing.rating.Settlements;
import filon.contracts.value.RentalId;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Rates and settles what is due, a transaction per rental; one that fails is tried again and stops no other. */
@ApplicationScoped
class RatingTicker {
    private static final Logger LOG = Logger.getLogger(RatingTicker.class);

    private final Ratings ratings;
    private final Settlements settlements;

    RatingTicker(Ratings ratings, Settlements settlements) {
        this.ratings = ratings;
        this.settlements = settlements;
    }

    @Scheduled(every = "${filon.rating.tick:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    void tick() {
        ratings.due().forEach(rental -> attempt("rate", rental, ratings::rate));
        settlements.waiting().forEach(rental -> attempt("settle", rental, settlements::settleIfOver));
    }

    private static void attempt(String what, RentalId rental, Consumer<RentalId> action) {
        try {
            action.accept(rental);
        } catch (RuntimeException e) {
            LOG.errorf(e, "cannot %s rental %s now", what, rental);
        }
    }
}

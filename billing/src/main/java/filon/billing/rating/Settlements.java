package filon.billing.rating;

import filon.billing.hold.Hold;
import filon.billing.hold.HoldState;
import filon.billing.hold.Holds;
import filon.billing.meter.LeaseReading;
import filon.billing.meter.Leases;
import filon.contracts.value.RentalId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Settles rentals that were asked to end, once all their usage is here, or a deadline has passed in silence.
 *
 * <p>The deadline counts from when billing heard of the end and from when billing itself started: after an outage of ours the
 * usage that piled up meanwhile is taken in first.
 */
@ApplicationScoped
@Transactional
public class Settlements {
    private final Holds holds;
    private final Leases leases;
    private final Ratings ratings;
    private final Clock clock;
    private final Duration deadline;
    private final Instant startedAt;

    Settlements(
            Holds holds,
            Leases leases,
            Ratings ratings,
            Clock clock,
            @ConfigProperty(name = "filon.settle.deadline", defaultValue = "PT60S") Duration deadline) {
        this.holds = holds;
        this.leases = leases;
        this.ratings = ratings;
        this.clock = clock;
        this.deadline = deadline;
        this.startedAt = clock.instant();
    }

    public List<RentalId> waiting() {
        return holds.ending();
    }

    /** Posts the last cost, releases the hold and says so, if nothing more is to be waited for. @return whether it did */
    public boolean settleIfOver(RentalId rental) {
        return holds.lock(rental)
                .filter(hold -> hold.state() instanceof HoldState.Ending && isOver(rental))
                .map(this::settle)
                .orElse(false);
    }

    private boolean settle(Hold hold) {
        PostedCost last = ratings.rateFinally(hold);
        holds.settle(hold, last.provenSeconds(), last.cost());
        return true;
    }

    private boolean isOver(RentalId rental) {
        List<LeaseReading> readings = leases.readings(rental);
        if (readings.isEmpty()) {
            // a grant may still be on its way
            return holds.endingSeenAt(rental).map(this::isLongAgo).orElse(false);
        }
        return readings.stream().allMatch(this::isOver);
    }

    private boolean isOver(LeaseReading reading) {
        return reading.end()
                .map(end -> leases.isComplete(reading.lease()) || isLongAgo(end.seenAt()))
                .orElseGet(() -> isLongAgo(reading.lease().authorisedUntil()));
    }

    private boolean isLongAgo(Instant since) {
        Instant from = since.isBefore(startedAt) ? startedAt : since;
        return !clock.instant().isBefore(from.plus(deadline));
    }
}

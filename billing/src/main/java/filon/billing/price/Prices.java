package filon.billing.price;

import filon.contracts.message.BillingNotice.PricePublished;
import filon.contracts.message.Topics;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.Sku;
import filon.plumbing.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Adds versions of prices, publishes each once, and tells whether a quoted price is one of ours. */
@ApplicationScoped
@Transactional
public class Prices {
    /** How far in the past "now" may lie by the time the request is handled. */
    private static final Duration PRESENT = Duration.ofSeconds(60);
    /** A price further ahead is a typing error. */
    private static final Duration AHEAD_MAX = Duration.ofDays(3_660);

    private final PriceStore store;
    private final Outbox outbox;
    private final Clock clock;

    Prices(PriceStore store, Outbox outbox, Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Why an order with this price cannot be billed; empty when the price is one of ours and in force. */
    public Optional<String> objectionTo(Sku offer, int version, MicroEuro perGpuHour) {
        Optional<Price> known = version < 1 ? Optional.empty() : store.find(offer, version);
        if (known.isEmpty()) {
            return Optional.of("offer " + offer + " has no price version " + version);
        }
        if (!known.get().perGpuHour().equals(perGpuHour)) {
            return Optional.of("price version " + version + " of " + offer + " is "
                    + known.get().perGpuHour() + " per GPU-hour, not " + perGpuHour);
        }
        if (known.get().validFrom().isAfter(clock.instant())) {
            return Optional.of("price version " + version + " of " + offer + " is valid from "
                    + known.get().validFrom() + " only");
        }
        return Optional.empty();
    }

    /**
     * Adds the next version of an offer's price and publishes it. The same price from the same instant as the newest one
     * is that one, so a repeated request adds nothing.
     *
     * @throws ProblemException INVALID_FIELD if it would be valid in the past, before the version before it, or in ten years
     */
    public Price add(Sku offer, MicroEuro perGpuHour, Instant validFrom, String addedBy) {
        store.lock(offer);
        Optional<Price> newest = store.newest(offer);
        if (newest.filter(
                        p -> p.perGpuHour().equals(perGpuHour) && p.validFrom().equals(validFrom))
                .isPresent()) {
            return newest.get();
        }
        refuseStart(validFrom, newest);
        Price price = new Price(offer, newest.map(Price::version).orElse(0) + 1, perGpuHour, validFrom);
        store.add(price, addedBy);
        publishNew();
        return price;
    }

    /** Publishes every version that was not published yet. */
    public void publishNew() {
        for (Price price : store.takeUnpublished()) {
            outbox.append(
                    Topics.BILLING_NOTICES,
                    new PricePublished(price.offer(), price.version(), price.perGpuHour(), price.validFrom()));
        }
    }

    private void refuseStart(Instant validFrom, Optional<Price> newest) {
        Instant earliest = clock.instant().minus(PRESENT);
        if (validFrom.isBefore(earliest)) {
            throw new ProblemException(
                    Problem.field("/validFrom", "a price valid from " + validFrom + " would change the past"));
        }
        if (validFrom.isAfter(clock.instant().plus(AHEAD_MAX))) {
            throw new ProblemException(
                    Problem.field("/validFrom", "a price valid from " + validFrom + " is more than ten years ahead"));
        }
        if (newest.isPresent() && validFrom.isBefore(newest.get().validFrom())) {
            throw new ProblemException(Problem.field(
                    "/validFrom",
                    "version " + newest.get().version() + " is valid from "
                            + newest.get().validFrom() + "; the next cannot start before it"));
        }
    }
}

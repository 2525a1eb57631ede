package filon.api.catalogue;

import filon.api.fleet.MeasuredRate;
import java.util.List;
import java.util.Optional;

/**
 * An offer as it stands now.
 *
 * @param quote empty until billing has published a price
 * @param rates what the free GPUs were measured to hash; what none was measured with is absent
 * @param free GPUs that nobody rents, on hosts that take rentals
 */
public record Listing(Offer offer, Optional<Quote> quote, List<MeasuredRate> rates, int free) {
    public Listing {
        rates = List.copyOf(rates);
    }

    /** Why it cannot start at once; empty when it can. */
    public Optional<String> unavailable() {
        if (quote.isEmpty()) {
            return Optional.of("no price is published yet");
        }
        return free > 0 ? Optional.empty() : Optional.of("no device is free now; an order waits up to an hour for one");
    }
}

package filon.api.catalogue;

import java.util.Optional;

/**
 * An offer as it stands now.
 *
 * @param quote empty until billing has published a price
 * @param free GPUs that nobody rents, on hosts that take rentals
 */
public record Listing(Offer offer, Optional<Quote> quote, int free) {
    /** Why it cannot start at once; empty when it can. */
    public Optional<String> unavailable() {
        if (quote.isEmpty()) {
            return Optional.of("no price is published yet");
        }
        return free > 0 ? Optional.empty() : Optional.of("no device is free now; an order waits up to an hour for one");
    }
}

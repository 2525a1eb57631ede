package filon.api.usage;

import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.Optional;

/**
 * What billing posted last for a rental: cumulative, cost and seconds of one and the same reckoning.
 *
 * @param meteredUntil the latest metered instant in it; empty before anything was metered
 * @param asOf when billing posted it; empty when it has not yet
 */
public record Cost(
        RentalId rental,
        long provenSeconds,
        MicroEuro cost,
        long acceptedShares,
        long rejectedShares,
        Optional<Instant> meteredUntil,
        long version,
        Optional<Instant> asOf) {
    public static Cost none(RentalId rental) {
        return new Cost(rental, 0, MicroEuro.ZERO, 0, 0, Optional.empty(), 0, Optional.empty());
    }
}

package filon.billing.rating;

import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import java.time.Instant;

/**
 * The last cost of a rental that was posted and said.
 *
 * @param version 0 before the first; rises with each one that is said
 * @param usageVersion the usage it was rated from
 */
public record PostedCost(
        RentalId rental,
        long version,
        long provenSeconds,
        MicroEuro cost,
        long acceptedShares,
        long rejectedShares,
        Instant meteredUntil,
        long usageVersion) {

    static PostedCost none(RentalId rental) {
        return new PostedCost(rental, 0, 0, MicroEuro.ZERO, 0, 0, Instant.EPOCH, 0);
    }

    boolean says(Rating rating) {
        return version > 0
                && provenSeconds == rating.provenSeconds()
                && cost.equals(rating.cost())
                && acceptedShares == rating.acceptedShares()
                && rejectedShares == rating.rejectedShares()
                && meteredUntil.equals(rating.meteredUntil());
    }

    PostedCost next(Rating rating, long ratedUsage) {
        return new PostedCost(
                rental,
                version + 1,
                rating.provenSeconds(),
                rating.cost(),
                rating.acceptedShares(),
                rating.rejectedShares(),
                rating.meteredUntil(),
                ratedUsage);
    }

    PostedCost ratedFrom(long ratedUsage) {
        return new PostedCost(
                rental, version, provenSeconds, cost, acceptedShares, rejectedShares, meteredUntil, ratedUsage);
    }
}

package filon.billing.rating;

import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where posted costs are kept. */
public interface CostStore {
    Optional<PostedCost> find(RentalId rental);

    void save(PostedCost cost, Instant ratedAt);

    /** 0 for a rental without usage. */
    long usageVersion(RentalId rental);

    /** Chargeable rentals whose usage changed since they were rated, and that were not rated after {@code before}. */
    List<RentalId> due(Instant before);
}

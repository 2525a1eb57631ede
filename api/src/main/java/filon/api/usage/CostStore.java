package filon.api.usage;

import filon.contracts.value.RentalId;
import java.util.Collection;
import java.util.List;

/** Keeps the newest cost of each rental. */
public interface CostStore {
    /** The costs that are known of these rentals. */
    List<Cost> find(Collection<RentalId> rentals);

    /** Keeps the cost unless a newer version is here. */
    void keep(Cost cost);
}

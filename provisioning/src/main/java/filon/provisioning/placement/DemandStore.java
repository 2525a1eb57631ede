package filon.provisioning.placement;

import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps demands. */
public interface DemandStore {
    Optional<Demand> find(RentalId rental);

    /** The demand, made if it was never heard of, with everybody else shut out until the transaction ends. */
    Demand lock(RentalId rental, Instant now);

    /** @param epochBefore what the caller read; another one in the store means that somebody else has placed it */
    void save(Demand demand, long epochBefore, Instant now);

    /** Oldest first. */
    List<RentalId> awaiting(int limit);

    /** Shuts every other placement out until the transaction ends: two must not choose the same GPU. */
    void lockPlacement();
}

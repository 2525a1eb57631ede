package filon.api.rental;

import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the newest transitions of each rental, {@link #KEPT} at the most. */
public interface TransitionStore {
    /** A pool that comes and goes all day must not fill a disk. */
    int KEPT = 1_000;

    void add(RentalId rental, Instant at, RentalState state);

    /** Newest first. */
    List<Transition> of(RentalId rental, Optional<Long> before, int limit);
}

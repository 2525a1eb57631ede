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

    /** Something that the customer should know happened in this state, and did not change it. */
    void note(RentalId rental, Instant at, RentalState state, String what);

    /** Newest first. */
    List<Transition> of(RentalId rental, Optional<Long> before, int limit);
}

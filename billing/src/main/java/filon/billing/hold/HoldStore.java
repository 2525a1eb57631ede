package filon.billing.hold;

import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where holds are kept. */
public interface HoldStore {
    Optional<Hold> find(RentalId rental);

    /** Shuts out every other decision on this rental's money until the transaction ends, also before it has a row. */
    Optional<Hold> lock(RentalId rental);

    void save(Hold hold, Instant now);

    /** Notes that the rental is to end; the first note stays. */
    void noteEnding(RentalId rental, String reason, Instant seenAt);

    /** When billing first heard that the rental is to end. */
    Optional<Instant> endingSeenAt(RentalId rental);

    List<RentalId> ending();
}

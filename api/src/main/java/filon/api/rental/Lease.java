package filon.api.rental;

import filon.contracts.value.LeaseId;
import java.time.Instant;
import java.util.Objects;

/**
 * The newest lease a rental has heard of; older epochs no longer count.
 *
 * @param seenSince since when the last work state we heard of holds; older news is not news
 * @param isOver whether the rental has let go of it
 */
public record Lease(LeaseId leaseId, long epoch, Instant seenSince, boolean isOver) {
    public Lease {
        Objects.requireNonNull(leaseId, "a lease has an id");
        Objects.requireNonNull(seenSince, "a lease has a time of the last news");
    }

    static Lease granted(LeaseId leaseId, long epoch) {
        return new Lease(leaseId, epoch, Instant.EPOCH, false);
    }

    Lease seen(Instant since) {
        return new Lease(leaseId, epoch, since, isOver);
    }

    Lease over() {
        return new Lease(leaseId, epoch, seenSince, true);
    }
}

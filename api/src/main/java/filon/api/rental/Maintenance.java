package filon.api.rental;

import filon.contracts.value.LeaseId;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What was announced of the host that a rental works on.
 *
 * @param startsAt from when the host is wanted empty
 * @param reason what staff said
 * @param consequence what happens to the rental
 */
public record Maintenance(UUID windowId, LeaseId leaseId, Instant startsAt, String reason, String consequence) {
    public Maintenance {
        Objects.requireNonNull(windowId, "an announcement has an id");
        Objects.requireNonNull(leaseId, "an announcement is about a lease");
        Objects.requireNonNull(startsAt, "an announcement has a time");
    }
}

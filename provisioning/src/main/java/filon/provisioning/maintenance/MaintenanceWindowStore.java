package filon.provisioning.maintenance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps announced windows; ahead are those that have neither begun nor been cancelled. */
public interface MaintenanceWindowStore {
    void add(MaintenanceWindow window, Instant now);

    /** Every window ahead, the earliest first. */
    List<MaintenanceWindow> ahead();

    /** The window if it is ahead, with everybody else who decides on it shut out until the transaction ends. */
    Optional<MaintenanceWindow> lockAhead(UUID id);

    void cancel(UUID id, String by);

    void begin(UUID id, Instant now);
}

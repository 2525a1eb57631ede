package filon.provisioning.incident;

import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps incidents. */
public interface IncidentStore {
    /** Opens an incident, or counts one more time the open one of this host, or of the platform, and kind. */
    void raise(UUID id, IncidentKind kind, Optional<HostId> host, String detail, Instant now);

    List<Incident> newest(int limit);

    /** Closes an open one. */
    void acknowledge(UUID id, String by, Instant now);

    Optional<Incident> find(UUID id);
}

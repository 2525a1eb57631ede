package filon.provisioning.maintenance;

import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.UUID;

/** A time from which a host is wanted empty; it ends when somebody lets the host in again. */
public record MaintenanceWindow(UUID id, HostId host, Instant startsAt, String reason, String announcedBy) {}

package filon.provisioning.incident;

import filon.contracts.value.HostId;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that staff have to know of.
 *
 * @param at when it happened first since staff last acknowledged one of its kind
 * @param host null where it concerns the platform as a whole
 * @param detail of the last time
 * @param acknowledged null while nobody has seen it
 */
public record Incident(
        UUID id,
        Instant at,
        IncidentKind.Severity severity,
        IncidentKind kind,
        HostId host,
        String detail,
        long times,
        Instant lastAt,
        Instant acknowledged) {}

package filon.contracts.message;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * One message on its way: JSON {@code {id, name, occurredAt, source, sequence, payload}}.
 *
 * @param id unique for ever; consumers drop a second one with the same id
 * @param name what it is, with its version, for example {@code rental.requested.v1}; see {@link MessageNames}
 * @param occurredAt when the fact became true, UTC
 * @param source who says it, for example {@code api} or {@code agent-<uuid>}
 * @param sequence rises per source; gaps are allowed except in usage reports, which carry their own
 * @param payload the fact
 */
public record Envelope(UUID id, String name, Instant occurredAt, String source, long sequence, Message payload) {
    public Envelope {
        Objects.requireNonNull(id, "an envelope needs an id");
        Objects.requireNonNull(occurredAt, "an envelope needs the time of the fact");
        Objects.requireNonNull(payload, "an envelope needs a payload");
        if (name == null || !name.equals(MessageNames.nameOf(payload.getClass()))) {
            throw new IllegalArgumentException("envelope name " + name + " does not match its payload "
                    + payload.getClass().getSimpleName());
        }
        if (source == null || source.isBlank()) {
            throw new IllegalArgumentException("an envelope needs a source");
        }
    }

    public static Envelope of(UUID id, Instant occurredAt, String source, long sequence, Message payload) {
        return new Envelope(id, MessageNames.nameOf(payload.getClass()), occurredAt, source, sequence, payload);
    }
}

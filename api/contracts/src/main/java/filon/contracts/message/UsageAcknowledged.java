package filon.contracts.message;

import filon.contracts.value.HostId;

/**
 * All reports of a host's incarnation up to and including {@code throughSequence} are committed in billing's database. Topic
 * {@link Topics#USAGE_ACKS}, compacted, key = host id.
 */
public record UsageAcknowledged(HostId hostId, long incarnation, long throughSequence) implements Message {
    @Override
    public String key() {
        return hostId.toString();
    }
}

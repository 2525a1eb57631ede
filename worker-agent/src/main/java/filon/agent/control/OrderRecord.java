package filon.agent.control;

import java.util.Objects;
import java.util.Optional;

/**
 * One record of the host's desired topic as it came, before anybody believes it.
 *
 * @param value empty for a tombstone
 */
public record OrderRecord(long offset, String slot, Optional<byte[]> value) {
    public OrderRecord {
        slot = Objects.requireNonNullElse(slot, "");
    }
}

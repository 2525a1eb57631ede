package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** The identity of a host: one enrolled bare-metal machine. JSON: the UUID as a string. */
public record HostId(@JsonValue UUID value) implements Comparable<HostId> {
    public HostId {
        Objects.requireNonNull(value, "HostId needs a UUID");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static HostId of(UUID value) {
        return new HostId(value);
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    public static HostId of(String text) {
        return new HostId(UUID.fromString(text));
    }

    @Override
    public int compareTo(HostId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

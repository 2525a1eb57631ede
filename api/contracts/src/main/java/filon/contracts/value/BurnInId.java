package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** The identity of one burn-in: a trial of all devices of a host under load. JSON: the UUID as a string. */
public record BurnInId(@JsonValue UUID value) implements Comparable<BurnInId> {
    public BurnInId {
        Objects.requireNonNull(value, "BurnInId needs a UUID");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BurnInId of(UUID value) {
        return new BurnInId(value);
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    public static BurnInId of(String text) {
        return new BurnInId(UUID.fromString(text));
    }

    @Override
    public int compareTo(BurnInId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** The identity of a lease: one grant of GPUs of one host to one rental, under one epoch. JSON: the UUID as a string. */
public record LeaseId(@JsonValue UUID value) implements Comparable<LeaseId> {
    public LeaseId {
        Objects.requireNonNull(value, "LeaseId needs a UUID");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static LeaseId of(UUID value) {
        return new LeaseId(value);
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    public static LeaseId of(String text) {
        return new LeaseId(UUID.fromString(text));
    }

    @Override
    public int compareTo(LeaseId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

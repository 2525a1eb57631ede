package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** The identity of a rental: one customer's order of GPUs and what became of it. JSON: the UUID as a string. */
public record RentalId(@JsonValue UUID value) implements Comparable<RentalId> {
    public RentalId {
        Objects.requireNonNull(value, "RentalId needs a UUID");
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RentalId of(UUID value) {
        return new RentalId(value);
    }

    /** @throws IllegalArgumentException if the text is not a UUID */
    public static RentalId of(String text) {
        return new RentalId(UUID.fromString(text));
    }

    @Override
    public int compareTo(RentalId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The identity of a customer: the {@code sub} claim of the identity provider. JSON: a string of 1 to 64 characters. */
public record CustomerId(@JsonValue String value) {
    public static final int LENGTH_MAX = 64;

    public CustomerId {
        if (value == null || value.isBlank() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("a customer id has 1 to " + LENGTH_MAX + " characters, not: " + value);
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static CustomerId of(String value) {
        return new CustomerId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package filon.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The proof-of-work algorithms that can be ordered. JSON: the lower-case name. */
public enum Algorithm {
    SHA256D("sha256d");

    private final String label;

    Algorithm(String label) {
        this.label = label;
    }

    @JsonValue
    public String label() {
        return label;
    }

    public static Optional<Algorithm> named(String label) {
        return Arrays.stream(values()).filter(a -> a.label.equals(label)).findFirst();
    }

    /** @throws IllegalArgumentException if no algorithm has this name; the message lists the known ones */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Algorithm of(String label) {
        return named(label)
                .orElseThrow(
                        () -> new IllegalArgumentException("algorithm " + label + " is not one of: " + knownLabels()));
    }

    public static String knownLabels() {
        return Arrays.stream(values()).map(Algorithm::label).collect(Collectors.joining(", "));
    }
}

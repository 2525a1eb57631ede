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

    /** Why no pool of this algorithm is spoken with at such an address; empty where one may be. */
    public Optional<String> obstacle(PoolAddress address) {
        return switch (address.scheme()) {
            case STRATUM_TCP, STRATUM_SSL, STRATUM1_TCP, STRATUM1_SSL -> Optional.empty();
            case STRATUM2_TCP ->
                address.authorityKey().isEmpty()
                        ? Optional.of("Stratum V2 needs the key of the pool's authority: stratum2+tcp://host:port/KEY")
                        : Optional.empty();
            case STRATUM2_SSL, ETHPROXY_TCP, ETHPROXY_SSL ->
                Optional.of("pools of " + label + " do not speak "
                        + address.scheme().label());
        };
    }

    public static String knownLabels() {
        return Arrays.stream(values()).map(Algorithm::label).collect(Collectors.joining(", "));
    }
}

package filon.contracts.value;

import java.time.Instant;
import java.util.Objects;

/**
 * Where something stands, and what everybody may know of it.
 *
 * @param state its name
 * @param code of the reason, for programs; {@code reason} says it for people
 * @param nextStep what happens next by itself, or what a person has to do
 * @param deadline when silence counts as an answer; null where it never does
 */
public record Standing(
        String state, String code, String reason, Owner owner, Instant since, String nextStep, Instant deadline) {
    public Standing {
        Objects.requireNonNull(state, "a standing has a state");
        Objects.requireNonNull(code, "a standing has a code");
        Objects.requireNonNull(reason, "a standing has a reason");
        Objects.requireNonNull(owner, "a standing has an owner");
        Objects.requireNonNull(since, "a standing has a beginning");
        if (nextStep.isBlank()) {
            throw new IllegalArgumentException(state + " because of " + code + " does not say what comes next");
        }
    }
}

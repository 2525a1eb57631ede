package filon.provisioning.standing;

import java.time.Instant;
import java.util.Optional;

/**
 * One move of one thing.
 *
 * @param from empty for the first state
 * @param detail the reason in words
 * @param at by our clock
 */
public record Transition(
        Subject subject, Optional<String> from, String to, String code, String detail, Actor actor, Instant at) {

    /** The first state of something. */
    public static Transition first(Subject subject, Reached reached) {
        return new Transition(
                subject,
                Optional.empty(),
                reached.state(),
                reached.code().name(),
                reached.detail(),
                reached.actor(),
                reached.at());
    }

    public static Transition between(Subject subject, String from, Reached reached) {
        return new Transition(
                subject,
                Optional.of(from),
                reached.state(),
                reached.code().name(),
                reached.detail(),
                reached.actor(),
                reached.at());
    }

    /** Where a move led, and why. */
    public record Reached(String state, Reason code, String detail, Actor actor, Instant at) {}
}

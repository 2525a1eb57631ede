package filon.api.rental;

import java.time.Instant;

/**
 * A state that a rental came into, or a new reason for the one it was in.
 *
 * @param number rises with each transition of all rentals
 * @param state its name
 */
public record Transition(
        long number, Instant at, String state, RentalReason code, String reason, Mover mover, String nextStep) {}

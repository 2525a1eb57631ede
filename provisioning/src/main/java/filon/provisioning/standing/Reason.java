package filon.provisioning.standing;

import filon.contracts.value.Owner;
import filon.contracts.value.Standing;
import java.time.Instant;

/** Why something is in its state: a name for programs, and what follows from it. Each machine has a closed set of them. */
public interface Reason {
    /** The code that is stored and shown. */
    String name();

    Bearing bearing();

    /** On whose side it lies; {@code NOBODY} of what runs alone. */
    default Owner owner() {
        return bearing().owner();
    }

    /** What happens next by itself, or what a person has to do. */
    default String nextStep() {
        return bearing().nextStep();
    }

    /** Who made the move, when no person did. */
    default Actor usualActor() {
        return bearing().usualActor();
    }

    /** Whether it may be the reason of the state with this name. */
    default boolean belongsTo(String state) {
        return bearing().states().contains(state);
    }

    /** What everybody may know of something that is in the state for this reason and waits for nothing. */
    default Standing standing(String state, String reason, Instant since) {
        return new Standing(state, name(), reason, owner(), since, nextStep(), null);
    }

    /** @param silence what it means when nothing has happened until the deadline */
    default Standing standing(String state, String reason, Instant since, Instant deadline, String silence) {
        String step = nextStep() + "; at the latest at " + deadline + ": " + silence;
        return new Standing(state, name(), reason, owner(), since, step, deadline);
    }
}

package filon.provisioning.standing;

import filon.contracts.value.Owner;
import java.util.Set;

/**
 * What follows from a reason.
 *
 * @param owner on whose side it lies
 * @param usualActor who made the move, when no person did
 * @param nextStep what happens next by itself, or what a person has to do
 * @param states the names of those that it may be the reason of
 */
public record Bearing(Owner owner, Actor usualActor, String nextStep, Set<String> states) {
    public Bearing {
        states = Set.copyOf(states);
    }
}

package filon.provisioning.standing;

/** A recorded move. @param number rises with each move of all things */
public record TransitionLine(long number, Transition transition) {}

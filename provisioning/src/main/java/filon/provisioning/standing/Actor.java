package filon.provisioning.standing;

/**
 * Who made a move.
 *
 * @param name of the person, of the feature whose automation it was, or {@code agent} for a host that spoke of itself
 */
public record Actor(Kind kind, String name) {
    public Actor {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a " + kind + " that acts has a name");
        }
    }

    /** What kind of actor it is. */
    public enum Kind {
        PERSON,
        AUTOMATION,
        HOST
    }

    public static Actor person(String name) {
        return new Actor(Kind.PERSON, name);
    }

    public static Actor automation(String feature) {
        return new Actor(Kind.AUTOMATION, feature);
    }

    /** The agent of the host that the thing is on. */
    public static Actor agent() {
        return new Actor(Kind.HOST, "agent");
    }
}

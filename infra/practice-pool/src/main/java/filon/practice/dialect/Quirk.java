package filon.practice.dialect;

import filon.practice.name.TypedName;

/** An oddity of real pools that a practice pool can be given. */
public enum Quirk implements TypedName {
    STRING_PORTS("ports in orders to reconnect are texts"),
    TWO_ELEMENT_ERRORS("errors are [code, text]"),
    THREE_ELEMENT_ERRORS("errors are [code, text, null]"),
    OBJECT_ERRORS("errors are {\"code\":..,\"message\":..}"),
    BARE_REFUSALS("a refused share gets result false and no reason"),
    PUSHES_FIRST("difficulty and job come before the reply that they follow from"),
    STRING_IDS("ids come back as texts"),
    DECIMAL_TARGETS("targets are decimal numbers in a text"),
    UNPADDED_TARGETS("targets lack their leading zeros"),
    PADDED_TARGETS("targets have 64 digits"),
    WORK_WITH_HEIGHT("ethproxy: work has the block's height as a fourth element"),
    BATCHED_ANSWERS("stratum2: accepted shares are acknowledged four at a time, and before each job"),
    FIXED_VERSIONS("stratum2: no bits of the version are left to miners");

    private final String help;

    Quirk(String help) {
        this.help = help;
    }

    /** @throws IllegalArgumentException naming those that there are */
    public static Quirk of(String text) {
        return TypedName.of("quirk", text.strip(), values());
    }

    /** What it does, for people. */
    public String help() {
        return help;
    }
}

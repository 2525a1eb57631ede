package filon.practice.dialect;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An oddity of real pools that a practice pool can be given. */
public enum Quirk {
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
        return Arrays.stream(values())
                .filter(quirk -> quirk.text().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("quirk '" + text + "' is not one of: "
                        + Arrays.stream(values()).map(Quirk::text).collect(Collectors.joining(", "))));
    }

    /** As it is typed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it does, for people. */
    public String help() {
        return help;
    }
}

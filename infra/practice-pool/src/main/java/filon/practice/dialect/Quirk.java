package filon.practice.dialect;

import java.util.Locale;

/** An oddity of real pools that a practice pool can be given. */
public enum Quirk {
    /** Ports in orders to reconnect are texts. */
    STRING_PORTS,
    /** Errors are {@code [code, text]}. */
    TWO_ELEMENT_ERRORS,
    /** Errors are {@code [code, text, null]}. */
    THREE_ELEMENT_ERRORS,
    /** Errors are {@code {"code":..,"message":..}}. */
    OBJECT_ERRORS,
    /** A refused share gets {@code "result":false} and no reason. */
    BARE_REFUSALS,
    /** Difficulty and job come before the reply that they follow from. */
    PUSHES_FIRST,
    /** Ids come back as texts. */
    STRING_IDS,
    /** Targets are decimal numbers in a text. */
    DECIMAL_TARGETS,
    /** Targets lack their leading zeros. */
    UNPADDED_TARGETS,
    /** Targets have 64 digits. */
    PADDED_TARGETS,
    /** Work has the block's height as a fourth element (ETHPROXY). */
    WORK_WITH_HEIGHT;

    /** As it is typed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package filon.mining.pool.ethereum;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Target;
import filon.mining.pool.PrintableText;
import java.util.HexFormat;

/**
 * The fields of a pool's message, checked. Hex is read with {@code 0x} before it and without.
 *
 * <p>What is wrong is an {@link IllegalArgumentException} that names the field.
 */
public final class Field {
    private static final int JOB_ID_LENGTH_MAX = 128;
    private static final int HASH_DIGITS = 64;
    private static final int NUMBER_DIGITS_MAX = 15;

    private Field() {}

    /** 1 to 128 characters, none of which could break a line of a log. */
    public static String jobId(JsonNode field) {
        String id = text(field, "job id");
        if (id.isEmpty() || id.length() > JOB_ID_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "job id of " + id.length() + " characters; it has 1 to " + JOB_ID_LENGTH_MAX);
        }
        return printable(id, "job id");
    }

    /** The text itself, if it has no control characters. */
    public static String printable(String text, String what) {
        if (!PrintableText.of(text).equals(text)) {
            throw new IllegalArgumentException(what + " " + PrintableText.of(text) + " has control characters");
        }
        return text;
    }

    /** byte[32] */
    public static byte[] hash(JsonNode field, String what) {
        String digits = digits(field, what);
        if (digits.length() != HASH_DIGITS) {
            throw new IllegalArgumentException(what + " has " + digits.length() + " hex digits, not " + HASH_DIGITS);
        }
        return HexFormat.of().parseHex(digits);
    }

    /** A number in hex, its zeros on the left perhaps left out; a number of JSON is decimal. */
    public static Target target(JsonNode field) {
        if (field.isIntegralNumber()) {
            return Target.ofHex(hex(field.bigIntegerValue().toString(16), "target"));
        }
        return Target.ofHex(digits(field, "target"));
    }

    /** A number in hex of at most 60 bits. */
    public static long number(JsonNode field, String what) {
        String digits = digits(field, what);
        if (digits.isEmpty() || digits.length() > NUMBER_DIGITS_MAX) {
            throw new IllegalArgumentException(
                    what + " of " + digits.length() + " hex digits; it has 1 to " + NUMBER_DIGITS_MAX);
        }
        return HexFormat.fromHexDigitsToLong(digits);
    }

    /** Hex digits without {@code 0x}; perhaps none. */
    public static String digits(JsonNode field, String what) {
        String text = text(field, what);
        return hex(text.startsWith("0x") ? text.substring(2) : text, what);
    }

    private static String hex(String digits, String what) {
        if (!digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(what + " " + PrintableText.of(digits) + " is not hex");
        }
        return digits;
    }

    private static String text(JsonNode field, String what) {
        if (!field.isTextual()) {
            throw new IllegalArgumentException(what + " is not a text");
        }
        return field.textValue();
    }
}

package filon.mining.pool.line;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Target;
import filon.mining.pool.PrintableText;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Locale;

/** Values that pools send, checked: whatever is wrong with one is named in an {@link IllegalArgumentException}. */
public final class PoolValues {
    private static final int JOB_ID_LENGTH_MAX = 128;
    /** A longer one takes its time to be read, and says no more. */
    private static final int NUMBER_LENGTH_MAX = 100;

    private PoolValues() {}

    public static String text(JsonNode node, String what) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException(what + " is not a text");
        }
        return node.textValue();
    }

    /** A text, or a whole number as a few pools have it; fit for a log. */
    public static String jobId(JsonNode node) {
        String id = node.isIntegralNumber() ? node.asText() : text(node, "job id");
        if (id.isEmpty() || id.length() > JOB_ID_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "job id of " + id.length() + " characters; it has 1 to " + JOB_ID_LENGTH_MAX);
        }
        if (!PrintableText.of(id).equals(id)) {
            throw new IllegalArgumentException("job id " + PrintableText.of(id) + " has characters that do not print");
        }
        return id;
    }

    /** Lower-case digits without {@code 0x}; they may come with it. */
    public static String hex(JsonNode node, String what) {
        String digits = text(node, what).toLowerCase(Locale.ROOT);
        return digits.startsWith("0x") ? digits.substring(2) : digits;
    }

    /** Hex of so many bytes, with or without {@code 0x}. */
    public static byte[] bytes(JsonNode node, int length, String what) {
        String digits = hex(node, what);
        if (digits.length() != 2 * length) {
            throw new IllegalArgumentException(what + " has " + digits.length() + " hex digits, not " + 2 * length);
        }
        return HexFormat.of().parseHex(digits);
    }

    /**
     * Of a block.
     *
     * @param max as {@link filon.mining.algorithm.ProofOfWork#heightMax}
     */
    public static long height(JsonNode node, int max) {
        boolean isKnown =
                node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0 && node.intValue() <= max;
        if (!isKnown) {
            throw new IllegalArgumentException(
                    "height " + PrintableText.of(node.toString()) + " is not a number from 0 to " + max);
        }
        return node.intValue();
    }

    /** A hexadecimal number, padded on the left where it is short. */
    public static Target target(JsonNode node) {
        return Target.ofHex(hex(node, "target"));
    }

    /** A number above zero, which may come as a text. */
    public static BigDecimal difficulty(JsonNode node) {
        if (node.asText("").length() > NUMBER_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "difficulty of " + node.asText().length() + " characters exceeds " + NUMBER_LENGTH_MAX);
        }
        BigDecimal difficulty = node.isTextual() ? number(node.textValue()) : node.decimalValue();
        if (difficulty.signum() <= 0) {
            throw new IllegalArgumentException(
                    "difficulty " + PrintableText.of(node.toString()) + " is not a number above zero");
        }
        return difficulty;
    }

    /** Zero where it is none: what {@link BigDecimal} throws need not have a message. */
    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException none) {
            return BigDecimal.ZERO;
        }
    }
}

package filon.mining.pool.line;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.PrintableText;
import java.math.BigDecimal;

/** A difficulty as pools send it: a number, or a text that is one. */
public final class Difficulty {
    private Difficulty() {}

    /** @throws IllegalArgumentException if it is not a number above zero */
    public static BigDecimal of(JsonNode value) {
        BigDecimal difficulty = value.isTextual() ? number(value.textValue()) : value.decimalValue();
        if (difficulty.signum() <= 0) {
            throw new IllegalArgumentException(
                    "difficulty " + PrintableText.of(value.toString()) + " is not a number above zero");
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

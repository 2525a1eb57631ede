package filon.mining.pool.ethereum2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.mining.algorithm.Target;
import filon.mining.pool.PrintableText;
import filon.mining.pool.ethereum.Field;
import filon.mining.pool.line.LineMessage;
import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * What {@code mining.set} says, for all jobs until it says something else (EIP-1571, "Prepare for mining").
 *
 * @param epoch empty until the pool names it
 * @param extranonce hex digits that the nonce begins with; empty for none
 */
record MiningTerms(OptionalLong epoch, Target target, String algorithm, String extranonce) {
    /** What holds for what the pool leaves out. */
    static final MiningTerms UNSET =
            new MiningTerms(OptionalLong.empty(), Target.ofDifficulty(BigDecimal.ONE), MiningTerms.USUAL, "");

    /** The algorithm where none is named. */
    static final String USUAL = "ethash";

    private static final int EXTRANONCE_DIGITS_MAX = 12;

    /**
     * With what the parameters name; the rest stays.
     *
     * @throws IllegalArgumentException naming the parameter that is wrong
     */
    MiningTerms with(JsonNode params) {
        return new MiningTerms(
                params.has("epoch") ? OptionalLong.of(Field.number(params.path("epoch"), "epoch")) : epoch,
                params.has("target") ? Field.target(params.path("target")) : target,
                params.has("algo") ? algorithm(params.path("algo")) : algorithm,
                params.has("extranonce") ? extranonce(params.path("extranonce")) : extranonce);
    }

    private static String algorithm(JsonNode field) {
        if (!field.isTextual()) {
            throw new IllegalArgumentException("algo " + PrintableText.of(field.toString()) + " is not a text");
        }
        return PrintableText.of(field.textValue());
    }

    private static String extranonce(JsonNode field) {
        String digits = Field.digits(field, "extranonce");
        if (digits.length() > EXTRANONCE_DIGITS_MAX) {
            throw new IllegalArgumentException("extranonce of " + digits.length() + " hex digits exceeds the "
                    + EXTRANONCE_DIGITS_MAX + " of " + Ethereum2Speech.VERSION);
        }
        return digits;
    }

    /** As {@link #with} reads it. */
    ObjectNode json() {
        ObjectNode json = LineMessage.JSON.createObjectNode();
        epoch.ifPresent(number -> json.put("epoch", Long.toHexString(number)));
        return json.put("target", target.toString()).put("algo", algorithm).put("extranonce", extranonce);
    }
}

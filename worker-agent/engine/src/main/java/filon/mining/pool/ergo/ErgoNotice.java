package filon.mining.pool.ergo;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.Target;
import filon.mining.pool.PrintableText;
import filon.mining.pool.line.PoolValues;
import java.math.BigInteger;

/** The parameters of {@code mining.notify}: id, height, message, two empty texts, version, b, an empty text, clean flag. */
record ErgoNotice(String id, Header header, Target target, boolean isClean) {
    private static final int MESSAGE_LENGTH = 32;
    private static final String DIGITS = "[0-9]{1,78}";

    static ErgoNotice of(JsonNode params, int heightMax) {
        return new ErgoNotice(
                PoolValues.jobId(params.path(0)),
                new Header(
                        PoolValues.bytes(params.path(2), MESSAGE_LENGTH, "message"),
                        PoolValues.height(params.path(1), heightMax)),
                target(params.path(6)),
                params.path(8).asBoolean(false));
    }

    /** A hit is strictly below b, and at or below our targets. */
    private static Target target(JsonNode bound) {
        String digits = bound.asText("");
        BigInteger b = digits.matches(DIGITS) ? new BigInteger(digits) : BigInteger.ZERO;
        if (b.signum() == 0 || b.bitLength() > Target.LENGTH * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "b " + PrintableText.of(bound.toString()) + " is not a whole number from 1 to 2^256 - 1");
        }
        return Target.of(b.subtract(BigInteger.ONE));
    }
}

package filon.mining.pool.stratum;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.OptionalLong;

/** One line of a pool. Whatever the line holds, it becomes one of these; parsing never throws. */
sealed interface StratumMessage {
    ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The answer to a request of ours; pools also send ids we never used. */
    record Reply(OptionalLong id, JsonNode result, Optional<StratumError> error) implements StratumMessage {
        boolean isTrue() {
            return error.isEmpty() && result.isBoolean() && result.booleanValue();
        }
    }

    /** A notice or a question of the pool. */
    record Call(JsonNode id, String method, JsonNode params) implements StratumMessage {}

    /** Not a message. */
    record Unusable(String why) implements StratumMessage {}

    static StratumMessage of(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return new Unusable("not JSON: " + PrintableText.of(e.getOriginalMessage()));
        } catch (NumberFormatException e) {
            return new Unusable("a number beyond all bounds"); // an exponent that BigDecimal cannot hold
        }
        if (!node.isObject()) {
            return new Unusable("not a JSON object");
        }
        if (node.path("method").isTextual()) {
            return new Call(node.path("id"), node.path("method").textValue(), node.path("params"));
        }
        if (node.has("result") || node.has("error")) {
            return new Reply(id(node.path("id")), node.path("result"), StratumError.of(node.path("error")));
        }
        return new Unusable("neither a method nor a result");
    }

    private static OptionalLong id(JsonNode id) {
        if (id.isIntegralNumber() && id.canConvertToLong()) {
            return OptionalLong.of(id.longValue());
        }
        if (id.isTextual() && id.textValue().matches("[0-9]{1,18}")) {
            return OptionalLong.of(Long.parseLong(id.textValue()));
        }
        return OptionalLong.empty();
    }

    /** A pool's complaint: {@code [20, "text", null]}, {@code [20, "text"]}, an object, a text, or anything. */
    record StratumError(int code, String text) {
        static final int OTHER = 20;
        static final int STALE = 21;

        static Optional<StratumError> of(JsonNode error) {
            if (error instanceof MissingNode || error.isNull() || error.isBoolean() && !error.booleanValue()) {
                return Optional.empty();
            }
            if (error.isArray()) {
                return Optional.of(new StratumError(
                        error.path(0).asInt(OTHER), error.path(1).asText("")));
            }
            if (error.isObject()) {
                return Optional.of(new StratumError(
                        error.path("code").asInt(OTHER), error.path("message").asText("")));
            }
            return Optional.of(new StratumError(OTHER, error.asText()));
        }

        public StratumError {
            text = PrintableText.of(text);
        }
    }
}

package filon.mining.pool.line;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import filon.mining.pool.PrintableText;
import java.util.Optional;
import java.util.OptionalLong;

/** One line of a pool. Whatever the line holds, it becomes one of these; parsing never throws. */
public sealed interface LineMessage {
    int DEPTH_MAX = 32;
    ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * An answer; pools also send ids we never used.
     *
     * @param result missing where there is none
     */
    record Reply(OptionalLong id, JsonNode result, Optional<PoolError> error) implements LineMessage {
        public boolean isTrue() {
            return error.isEmpty() && result.isBoolean() && result.booleanValue();
        }

        /** An error, or a plain {@code false}. */
        public boolean isRefusal() {
            return error.isPresent() || result.isBoolean() && !result.booleanValue();
        }

        /** What the pool complains of, in its own words where it has any. */
        public String reason() {
            return error.map(PoolError::text)
                    .filter(text -> !text.isBlank())
                    .orElseGet(() -> "no reason given, result " + PrintableText.of(result.toString()));
        }
    }

    /**
     * A notice or a question of the pool.
     *
     * @param whole the line, for what some pools put beside the parameters
     */
    record Call(JsonNode id, String method, JsonNode params, JsonNode whole) implements LineMessage {}

    /** Not a message. */
    record Unusable(String why) implements LineMessage {}

    static LineMessage of(String line) {
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
        // Alephium's pools name a method in their answers too
        if (node.path("method").isTextual() && !node.has("result")) {
            return new Call(node.path("id"), node.path("method").textValue(), node.path("params"), node);
        }
        if (node.has("result") || node.has("error") || node.has("id")) {
            return new Reply(id(node.path("id")), node.path("result"), PoolError.of(node.path("error")));
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
}

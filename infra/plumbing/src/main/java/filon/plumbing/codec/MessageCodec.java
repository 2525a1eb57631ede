package filon.plumbing.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import filon.contracts.message.Envelope;
import filon.contracts.message.Message;
import filon.contracts.message.MessageNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes and reads envelopes as JSON: instants as RFC 3339 text, unknown fields ignored, the payload's type taken from the
 * envelope's name.
 */
public final class MessageCodec {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private MessageCodec() {}

    public static ObjectMapper mapper() {
        return MAPPER;
    }

    public static byte[] encode(Envelope envelope) {
        return json(envelope).getBytes(StandardCharsets.UTF_8);
    }

    /** @throws UnusableMessageException if the bytes are not an envelope, or its name or payload is not known here */
    public static Envelope decode(byte[] bytes) throws UnusableMessageException {
        if (bytes == null) {
            throw new UnusableMessageException("the record has no value", null);
        }
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            String name = text(tree, "name");
            Class<? extends Message> type = MessageNames.typeOf(name)
                    .orElseThrow(
                            () -> new UnusableMessageException("message name " + name + " is not known here", null));
            return new Envelope(
                    UUID.fromString(text(tree, "id")),
                    name,
                    Instant.parse(text(tree, "occurredAt")),
                    text(tree, "source"),
                    tree.path("sequence").asLong(),
                    MAPPER.treeToValue(tree.path("payload"), type));
        } catch (IOException | RuntimeException e) {
            throw new UnusableMessageException("not a message: " + firstLine(e), e);
        }
    }

    /** @throws IllegalStateException if the value cannot be written: a fault of ours */
    public static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    public static <T> T parse(String json, Class<T> type) throws UnusableMessageException {
        return parse(json.getBytes(StandardCharsets.UTF_8), type);
    }

    public static <T> T parse(byte[] json, Class<T> type) throws UnusableMessageException {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new UnusableMessageException("not a " + type.getSimpleName() + ": null", null);
            }
            return value;
        } catch (IOException | RuntimeException e) {
            throw new UnusableMessageException("not a " + type.getSimpleName() + ": " + firstLine(e), e);
        }
    }

    private static String text(JsonNode tree, String field) throws UnusableMessageException {
        JsonNode node = tree == null ? null : tree.get(field);
        if (node == null || !node.isTextual()) {
            throw new UnusableMessageException("field " + field + " is missing or not a text", null);
        }
        return node.textValue();
    }

    private static String firstLine(Exception e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}

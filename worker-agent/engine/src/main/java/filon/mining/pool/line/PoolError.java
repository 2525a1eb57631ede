package filon.mining.pool.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import filon.mining.pool.PrintableText;
import java.util.Locale;
import java.util.Optional;

/** A pool's complaint: {@code [20, "text", null]}, {@code [20, "text"]}, an object, a text, or anything. */
public record PoolError(int code, String text) {
    public static final int OTHER = 20;
    public static final int STALE = 21;
    public static final int DUPLICATE = 22;

    public static Optional<PoolError> of(JsonNode error) {
        if (error instanceof MissingNode || error.isNull() || error.isBoolean() && !error.booleanValue()) {
            return Optional.empty();
        }
        if (error.isArray()) {
            return Optional.of(
                    new PoolError(error.path(0).asInt(OTHER), error.path(1).asText("")));
        }
        if (error.isObject()) {
            return Optional.of(new PoolError(
                    error.path("code").asInt(OTHER), error.path("message").asText("")));
        }
        return Optional.of(new PoolError(OTHER, error.asText()));
    }

    public PoolError {
        text = PrintableText.of(text);
    }

    /** Whether it says that the job is gone; pools that have no numbers say it in words. */
    public boolean isStale() {
        return code == STALE || isOfNoNumber() && (says("stale") || says("job not found") || says("job is too old"));
    }

    /** Whether it says that the share was there before. */
    public boolean isDuplicate() {
        return code == DUPLICATE && !says("invalid") || isOfNoNumber() && says("duplicate");
    }

    private boolean isOfNoNumber() {
        return code == OTHER || code <= 0;
    }

    /** @param words in lower case */
    public boolean says(String words) {
        return text.toLowerCase(Locale.ROOT).contains(words);
    }
}

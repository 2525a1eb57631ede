package filon.mining.pool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.pool.line.LineMessage;

/** Lines that pools of tests say. */
public final class PoolLines {
    private PoolLines() {}

    /** A notice of the pool's, which wants no answer. */
    public static String call(String method, String params) {
        return "{\"id\":null,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    /** A job of Stratum V1. */
    public static String notice(String id, boolean isClean) {
        return call(
                "mining.notify",
                "[\"" + id + "\",\"" + "00".repeat(32) + "\",\"01\",\"02\",[],\"20000000\",\"207fffff\",\"6b00aee7\","
                        + isClean + "]");
    }

    /** @param rest what stands in an answer beside its id */
    public static String answer(JsonNode request, String rest) {
        return "{\"id\":" + request.path("id") + "," + rest + "}";
    }

    /** What the miner said. */
    static JsonNode request(String line) {
        try {
            return LineMessage.JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the miner said no JSON: " + line, e);
        }
    }
}

package filon.practice.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Optional;

/**
 * What a miner asks in a line of JSON.
 *
 * @param id as it came; null in JSON's sense where it is missing
 * @param parameters as they came, or missing
 * @param worker beside the parameters, as ETHPROXY has it; else missing
 */
record Request(JsonNode id, String method, JsonNode parameters, JsonNode worker) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Empty for the answer to something that we asked. */
    static Optional<Request> of(String line) throws HostileMinerException {
        JsonNode message = read(line);
        if (!message.isObject()) {
            throw new HostileMinerException("line is no JSON object");
        }
        JsonNode method = message.path("method");
        if (method.isMissingNode() && (message.has("result") || message.has("error"))) {
            return Optional.empty();
        }
        if (!method.isTextual()) {
            throw new HostileMinerException("method is missing or no text");
        }
        JsonNode id = message.path("id");
        return Optional.of(new Request(
                id.isMissingNode() ? NullNode.instance : id,
                method.textValue(),
                message.path("params"),
                message.path("worker")));
    }

    private static JsonNode read(String line) throws HostileMinerException {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new HostileMinerException("line is not JSON");
        }
    }

    /** The parameters of a dialect that has them in a list only. */
    Request requireList() throws HostileMinerException {
        if (!parameters.isArray() && !parameters.isMissingNode() && !parameters.isNull()) {
            throw new HostileMinerException("params are no array");
        }
        return this;
    }

    /** The parameter at this place as a text; empty where there is none. */
    String text(int index) {
        return parameter(index).asText("");
    }

    JsonNode parameter(int index) {
        return parameters.isArray() ? parameters.path(index) : MissingNode.getInstance();
    }
}

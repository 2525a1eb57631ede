package filon.mining.pool.noise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;

/** The public known answers; their sources are named in the file. */
final class NoiseVectors {
    private static final JsonNode ALL = read();

    private NoiseVectors() {}

    static JsonNode of(String kind) {
        return ALL.required(kind);
    }

    static Stream<JsonNode> each(String kind) {
        return of(kind).valueStream();
    }

    static byte[] bytes(JsonNode vector, String field) {
        return HexFormat.of().parseHex(vector.required(field).textValue());
    }

    static BigInteger number(JsonNode vector, String field) {
        return new BigInteger(vector.required(field).textValue(), 16);
    }

    private static JsonNode read() {
        try (InputStream in = NoiseVectors.class.getResourceAsStream("/noise-vectors.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

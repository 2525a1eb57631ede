package filon.mining.algorithm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The files beside an algorithm's class.
 *
 * @param owner the class beside which they lie
 */
public record Folder(Class<?> owner) {
    /** @throws IllegalStateException if there is no such file: the build lost it */
    public String text(String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing beside " + owner.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }

    /** The public known answers of the folder. */
    public JsonNode vectors() {
        try {
            return new ObjectMapper().readTree(text("vectors.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("reading vectors.json", e);
        }
    }
}

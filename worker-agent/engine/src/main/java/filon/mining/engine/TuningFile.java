package filon.mining.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** {@code tuning.json}: replaced as a whole, so that no reader sees half of it. Fields that are not known are passed over. */
record TuningFile(Path path) {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** @param tuning as {@code SearchTuning} writes it */
    record Entry(TuningKey key, String tuning, double gain) {
        Entry {
            Objects.requireNonNull(key, "an entry has no key");
            Objects.requireNonNull(tuning, "an entry has no tuning");
        }
    }

    private record Content(List<Entry> tunings) {
        Content {
            tunings = List.copyOf(Objects.requireNonNull(tunings, "there is no list of tunings"));
        }
    }

    /** @throws IOException if it cannot be read or understood; an absent file is an empty one */
    List<Entry> read() throws IOException {
        try {
            Content content = MAPPER.readValue(Files.readAllBytes(path), Content.class);
            return content == null ? List.of() : content.tunings();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (JsonProcessingException e) {
            throw new IOException("it is damaged: " + e.getOriginalMessage(), e);
        }
    }

    void write(List<Entry> entries) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path draft = Files.createTempFile(path.toAbsolutePath().getParent(), path.getFileName() + ".", ".new");
        try {
            Files.write(draft, MAPPER.writeValueAsBytes(new Content(entries)));
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}

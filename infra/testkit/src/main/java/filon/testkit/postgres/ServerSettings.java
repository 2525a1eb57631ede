package filon.testkit.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines {@code name = value} of a PostgreSQL settings file. */
final class ServerSettings {
    private ServerSettings() {}

    /** @throws IOException if a line is neither empty, a comment, nor a setting */
    static Map<String, String> read(Path file) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("=", 2);
                if (parts.length != 2) {
                    throw new IOException(file + " has the line '" + line + "', which is no setting");
                }
                settings.put(parts[0].strip(), parts[1].strip().replaceAll("^'(.*)'$", "$1"));
            }
        }
        return settings;
    }
}

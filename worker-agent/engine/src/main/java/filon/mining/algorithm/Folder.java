package filon.mining.algorithm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files beside an algorithm's class.
 *
 * @param owner the class beside which they lie
 */
public record Folder(Class<?> owner) {
    private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"([^\"]+)\"\\n");

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

    /**
     * The text of a kernel, in which each line {@code #include "name"} gives way to the file of that name, seen from the one that includes it.
     * Done here, as drivers are given a text and no folder. What several files include is there once.
     *
     * @throws IllegalStateException if a file is missing: the build lost it
     */
    public String kernel(String name) {
        Path home = Path.of("/" + owner.getPackageName().replace('.', '/'));
        return included(home.resolve(name), new HashSet<>());
    }

    private static String included(Path file, Set<Path> seen) {
        if (!seen.add(file)) {
            return "";
        }
        Folder classes = new Folder(Folder.class);
        return INCLUDE.matcher(classes.text(file.toString()))
                .replaceAll(line -> Matcher.quoteReplacement(
                        included(file.resolveSibling(line.group(1)).normalize(), seen)));
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

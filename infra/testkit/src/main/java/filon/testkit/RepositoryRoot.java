package filon.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folder that holds the whole repository.
 *
 * <p>The system property {@code filon.root} names it; without one it is the nearest folder above the working directory that
 * holds {@code infra/kafka/topics.json}.
 */
public final class RepositoryRoot {
    private static final String PROPERTY = "filon.root";
    private static final Path MARK = Path.of("infra", "kafka", "topics.json");

    private RepositoryRoot() {}

    /** @throws IllegalStateException if neither the property nor a parent folder leads to it */
    public static Path path() {
        String given = System.getProperty(PROPERTY, "");
        Path start = Path.of(given.isBlank() ? "" : given).toAbsolutePath().normalize();
        return Stream.iterate(start, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isRegularFile(folder.resolve(MARK)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no " + MARK + " in " + start + " or above: set -D" + PROPERTY + " to the repository"));
    }

    /** A file below {@code infra}. */
    public static Path infra(String first, String... more) {
        return path().resolve("infra").resolve(Path.of(first, more));
    }
}

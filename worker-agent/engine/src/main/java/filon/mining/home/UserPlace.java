package filon.mining.home;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What decides where files of a user lie. Source: XDG Base Directory Specification 0.8.
 *
 * @param setting a path, or {@code off}; empty where there is none
 * @param directory as XDG's variable names it; empty where it is not set
 * @param home the user's; empty where there is none
 */
public record UserPlace(String setting, String directory, String home) {
    public static final String OFF = "off";

    /** As this process was started. */
    public static UserPlace configured(String property, String variable) {
        return new UserPlace(
                System.getProperty(property, ""),
                Optional.ofNullable(System.getenv(variable)).orElse(""),
                System.getProperty("user.home", ""));
    }

    /**
     * The path that is set, else that name in the directory; nothing where it is off, or where there is no directory.
     *
     * @param usual the directory below the user's home where the variable names none
     */
    public Optional<Path> path(String usual, String name) {
        try {
            if (!setting.isEmpty()) {
                return Optional.of(setting).filter(value -> !value.equals(OFF)).map(Path::of);
            }
            // the specification has relative ones ignored
            return Stream.of(Path.of(directory), Path.of(home, usual))
                    .filter(Path::isAbsolute)
                    .findFirst()
                    .map(base -> base.resolve(name));
        } catch (InvalidPathException noPathHere) {
            return Optional.empty();
        }
    }
}

package filon.testkit.process;

import java.nio.file.Path;

/** The Java installation this JVM runs on; servers in Java run on the same. */
public final class RunningJvm {
    private RunningJvm() {}

    public static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    /** The path of the {@code java} program. */
    public static String java() {
        return home().resolve("bin").resolve("java").toString();
    }
}

package filon.agent.wipe;

import java.nio.file.Path;
import java.util.List;

/** Starts real processes that overwrite nothing. */
public final class FakeWipes {
    private FakeWipes() {}

    public static WipeLauncher launcher() {
        return WipeLauncher.of(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "filon.mining.burnin.FakeWipeMain"));
    }
}

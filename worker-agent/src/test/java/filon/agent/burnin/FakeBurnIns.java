package filon.agent.burnin;

import java.nio.file.Path;
import java.util.List;

/** Starts real processes that burn nothing in. */
public final class FakeBurnIns {
    private FakeBurnIns() {}

    public static BurnInLauncher launcher() {
        return BurnInLauncher.of(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "filon.mining.burnin.FakeBurnInMain"));
    }
}

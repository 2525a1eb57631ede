package filon.agent.meter;

import filon.agent.disk.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The number of an agent's life; on the disk before anything is said in its name, so that no number is used twice. */
public final class Incarnation {
    private Incarnation() {}

    /** @throws IOException if the counter cannot be read: guessing could repeat a number */
    public static long next(Path agentHome) throws IOException {
        DurableFile file = new DurableFile(agentHome.resolve("incarnation"));
        try {
            String stored = file.read()
                    .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                    .orElse("0");
            long next = Long.parseLong(stored.strip()) + 1;
            file.replace((next + "\n").getBytes(StandardCharsets.US_ASCII));
            return next;
        } catch (NumberFormatException e) {
            throw new IOException("file " + file.path() + " holds no number", e);
        }
    }
}

package filon.agent.meter;

import filon.agent.disk.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The number of an agent's life; on the disk before anything is said in its name, so that no number is used twice. */
public final class Incarnation {
    private Incarnation() {}

    /** More lives than an enrolment can have; keeps the numbers of a host apart that came back with an empty home. */
    private static final long LIVES_PER_ENROLMENT = 1_000_000;

    /**
     * @param enrolment which enrolment of the host the life belongs to: its numbers are above those of all earlier ones
     * @throws IOException if the counter cannot be read: guessing could repeat a number
     */
    public static long next(Path agentHome, int enrolment) throws IOException {
        DurableFile file = new DurableFile(agentHome.resolve("incarnation"));
        try {
            String stored = file.read()
                    .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                    .orElse("0");
            long floor = (enrolment - 1) * LIVES_PER_ENROLMENT;
            long next = Math.max(Long.parseLong(stored.strip()), floor) + 1;
            file.replace((next + "\n").getBytes(StandardCharsets.US_ASCII));
            return next;
        } catch (NumberFormatException e) {
            throw new IOException("file " + file.path() + " holds no number", e);
        }
    }
}

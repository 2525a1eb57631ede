package filon.agent.meter;

import filon.agent.disk.DurableFile;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns monotonic instants of a boot into wall milliseconds, by one anchor per boot that is fixed for ever.
 *
 * <p>Since the anchor never moves, adjacent spans stay adjacent and none can overlap another, over restarts and steps of the wall
 * clock alike. The anchor is on the disk before it is used.
 */
public final class AnchoredClock {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private final DurableFile file;
    private final Map<String, Anchor> anchors;

    /** The instant {@code nanos} of a boot was {@code wallMillis} since 1970. */
    public record Anchor(long nanos, long wallMillis) {
        /** Rounds down, so that the end of one span and the begin of the next one become the same millisecond. */
        public long millisAt(long at) {
            return wallMillis + Math.floorDiv(at - nanos, NANOS_PER_MILLI);
        }
    }

    private record Stored(Map<String, Anchor> anchors) {}

    private AnchoredClock(DurableFile file, Map<String, Anchor> anchors) {
        this.file = file;
        this.anchors = anchors;
    }

    public static AnchoredClock open(Path directory) throws IOException {
        DurableFile file = new DurableFile(directory.resolve("anchors.json"));
        Optional<byte[]> stored = file.read();
        if (stored.isEmpty()) {
            return new AnchoredClock(file, new TreeMap<>());
        }
        try {
            return new AnchoredClock(
                    file,
                    new TreeMap<>(MessageCodec.parse(stored.get(), Stored.class).anchors()));
        } catch (UnusableMessageException e) {
            throw new IOException("file " + file.path() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** The boot's anchor: the stored one, else this reading of both clocks, which is stored. */
    public Anchor of(String bootId, long nanos, long wallMillis) throws IOException {
        Anchor known = anchors.get(bootId);
        if (known != null) {
            return known;
        }
        Anchor fresh = new Anchor(nanos, wallMillis);
        Map<String, Anchor> next = new TreeMap<>(anchors);
        next.put(bootId, fresh);
        file.replace(MessageCodec.json(new Stored(next)).getBytes(StandardCharsets.UTF_8));
        anchors.put(bootId, fresh);
        return fresh;
    }
}

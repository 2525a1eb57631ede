package filon.practice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.practice.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A miner in the pool's own thread: what it says is heard at once, and all that it is told is kept. */
final class Wiretap implements Wire {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final PracticeLink link;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final List<Integer> pieces = new ArrayList<>();
    private Optional<Ending> ending = Optional.empty();
    private boolean reading = true;
    private int taken;

    Wiretap(PracticePool pool) {
        link = pool.connect(this);
    }

    @Override
    public void toMiner(byte[] bytes) {
        all.writeBytes(bytes);
        pieces.add(bytes.length);
    }

    @Override
    public void closed(Ending how) {
        ending = Optional.of(how);
    }

    @Override
    public void reading(boolean on) {
        reading = on;
    }

    boolean isRead() {
        return reading;
    }

    Optional<Ending> ending() {
        return ending;
    }

    /** The sizes of the pieces that the bytes came in. */
    List<Integer> pieces() {
        return List.copyOf(pieces);
    }

    PracticeLink link() {
        return link;
    }

    /** Says these lines, and returns all that was said since the last time. */
    List<String> say(String... lines) {
        for (String line : lines) {
            link.fromMiner((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return heard();
    }

    /** All whole lines since the last time. */
    List<String> heard() {
        String text = all.toString(StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n') + 1;
        String fresh = text.substring(Math.min(taken, end), end);
        taken = end;
        return fresh.lines().toList();
    }

    /** Everything since the start. */
    String transcript() {
        return all.toString(StandardCharsets.UTF_8);
    }

    static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}

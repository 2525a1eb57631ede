package filon.practice.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes lines of bytes that come in pieces; holds one line at most. */
final class LineSplitter {
    static final int LINE_MAX_BYTES = 10_240;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** The line that this byte ends. */
    Optional<String> heard(byte next) throws HostileMinerException {
        if (next == '\n') {
            String whole = line.toString(StandardCharsets.UTF_8);
            line.reset();
            return Optional.of(whole);
        }
        if (line.size() >= LINE_MAX_BYTES) {
            throw new HostileMinerException("line exceeds " + LINE_MAX_BYTES + " bytes");
        }
        line.write(next);
        return Optional.empty();
    }
}

package filon.mining.pool.stratum;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of a stream, each at most {@link #LENGTH_MAX} bytes, ended by LF or CR LF. A time-out keeps what was read. */
final class LineReader {
    static final int LENGTH_MAX = 131_072;
    private static final int CHUNK = 16_384;

    private final InputStream stream;
    private final byte[] chunk = new byte[CHUNK];
    private int chunkStart;
    private int chunkEnd;
    private byte[] line = new byte[1_024];
    private int length;

    LineReader(InputStream stream) {
        this.stream = stream;
    }

    /**
     * The next line without its end; empty if the stream's time-out passed first.
     *
     * @throws IOException at the end of the stream, or if a line is too long
     */
    Optional<String> next() throws IOException {
        while (true) {
            if (chunkStart == chunkEnd && !fill()) {
                return Optional.empty();
            }
            byte next = chunk[chunkStart++];
            if (next == '\n') {
                int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                length = 0;
                return Optional.of(new String(line, 0, end, StandardCharsets.UTF_8));
            }
            append(next);
        }
    }

    private boolean fill() throws IOException {
        try {
            int count = stream.read(chunk);
            if (count < 0) {
                throw new IOException("the pool closed the connection");
            }
            chunkStart = 0;
            chunkEnd = count;
            return true;
        } catch (SocketTimeoutException quiet) {
            return false;
        }
    }

    private void append(byte next) throws IOException {
        if (length == LENGTH_MAX) {
            throw new IOException("a line of the pool exceeds " + LENGTH_MAX + " bytes");
        }
        if (length == line.length) {
            line = java.util.Arrays.copyOf(line, Math.min(2 * line.length, LENGTH_MAX));
        }
        line[length++] = next;
    }
}

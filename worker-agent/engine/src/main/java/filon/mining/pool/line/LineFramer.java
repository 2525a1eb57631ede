package filon.mining.pool.line;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts bytes into lines, each at most {@link #LENGTH_MAX} bytes, ended by LF or CR LF; what is no line yet is kept. */
final class LineFramer {
    static final int LENGTH_MAX = 131_072;
    private static final int LENGTH_FIRST = 1_024;

    private byte[] line = new byte[LENGTH_FIRST];
    private int length;

    /** Takes one line. */
    interface Lines {
        /** @throws IOException if it ends the session */
        void on(String line) throws IOException;
    }

    /** @throws IOException if a line is too long, or one of them ends the session */
    void take(byte[] bytes, Lines lines) throws IOException {
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                append(bytes, begin, i);
                begin = i + 1;
                int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                length = 0;
                lines.on(new String(line, 0, end, StandardCharsets.UTF_8));
            }
        }
        append(bytes, begin, bytes.length);
    }

    private void append(byte[] bytes, int begin, int end) throws IOException {
        int count = end - begin;
        if (length + count > LENGTH_MAX) {
            throw new IOException("a line of the pool exceeds " + LENGTH_MAX + " bytes");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(LENGTH_MAX, Math.max(2 * line.length, length + count)));
        }
        System.arraycopy(bytes, begin, line, length, count);
        length += count;
    }
}

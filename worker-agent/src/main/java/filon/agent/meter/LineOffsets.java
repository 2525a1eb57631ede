package filon.agent.meter;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds where a line ends: a meter has one record per line, so that a cursor may lie after any record. */
final class LineOffsets {
    private LineOffsets() {}

    /** The byte offset after so many lines from an offset on. */
    static long after(Path file, long from, int lines) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.skipNBytes(from);
            long offset = from;
            for (int seen = 0; seen < lines; offset++) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException(file + " has fewer than " + lines + " lines after byte " + from);
                }
                seen += next == '\n' ? 1 : 0;
            }
            return offset;
        }
    }
}

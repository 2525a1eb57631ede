package filon.practice;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** One line of JSON of so many bytes, its end included, made piece by piece; a stream's iterator would hold it whole. */
final class HugeLine implements Iterator<byte[]> {
    private static final int PIECE_BYTES = 8_192;
    private static final byte[] START = ascii("{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"");
    private static final byte[] END = ascii("\"]}\n");
    private static final byte[] FILLING = ascii("f".repeat(PIECE_BYTES));
    private final long bytes;
    private long made;

    HugeLine(long bytes) {
        this.bytes = bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean hasNext() {
        return made < bytes;
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("a line of " + bytes + " bytes is over");
        }
        byte[] piece = piece();
        made += piece.length;
        return piece;
    }

    private byte[] piece() {
        if (made == 0) {
            return START.clone();
        }
        long filling = bytes - END.length - made;
        return filling == 0 ? END.clone() : Arrays.copyOf(FILLING, (int) Math.min(PIECE_BYTES, filling));
    }
}

package filon.mining.pool.noise;

import java.util.Arrays;

/** Bytes that came and are not used yet, in order. */
final class ByteQueue {
    private static final int CAPACITY_MIN = 512;

    private byte[] bytes = new byte[CAPACITY_MIN];
    private int start;
    private int end;

    int length() {
        return end - start;
    }

    void add(byte[] source, int offset, int length) {
        if (end + length > bytes.length) {
            int kept = length();
            byte[] room = kept + length > bytes.length ? new byte[Math.max(2 * bytes.length, kept + length)] : bytes;
            System.arraycopy(bytes, start, room, 0, kept);
            bytes = room;
            start = 0;
            end = kept;
        }
        System.arraycopy(source, offset, bytes, end, length);
        end += length;
    }

    /** The oldest bytes; there must be as many. */
    byte[] take(int length) {
        if (length > length()) {
            throw new IllegalArgumentException("cannot take " + length + " bytes, " + length() + " are here");
        }
        byte[] taken = Arrays.copyOfRange(bytes, start, start + length);
        start += length;
        return taken;
    }
}

package filon.mining.algorithm.blake3;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** BLAKE3 of messages of one chunk, that is up to 1,024 bytes, without a key (BLAKE3 paper, version 20211102, section 2). */
final class Blake3Reference {
    private static final int CHUNK_BYTES = 1_024;
    private static final int BLOCK_BYTES = 64;
    private static final int ROUNDS = 7;
    private static final int CHUNK_START = 1;
    private static final int CHUNK_END = 1 << 1;
    private static final int ROOT = 1 << 3;
    private static final int[] INITIAL = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };
    private static final int[] PERMUTATION = {2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8};

    private Blake3Reference() {}

    /** byte[32] */
    static byte[] hash(byte[] message) {
        if (message.length > CHUNK_BYTES) {
            throw new IllegalArgumentException(
                    "message of " + message.length + " bytes; one chunk has up to " + CHUNK_BYTES);
        }
        int blocks = Math.max(1, Math.ceilDiv(message.length, BLOCK_BYTES));
        ByteBuffer padded =
                ByteBuffer.wrap(Arrays.copyOf(message, blocks * BLOCK_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        int[] chaining = INITIAL.clone();
        for (int block = 0; block < blocks; block++) {
            boolean isLast = block == blocks - 1;
            int flags = (block == 0 ? CHUNK_START : 0) | (isLast ? CHUNK_END | ROOT : 0);
            int length = isLast ? message.length - block * BLOCK_BYTES : BLOCK_BYTES;
            int[] words = new int[16];
            padded.asIntBuffer().get(words);
            padded.position(padded.position() + BLOCK_BYTES);
            chaining = compressed(chaining, words, length, flags);
        }
        ByteBuffer digest = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        digest.asIntBuffer().put(chaining);
        return digest.array();
    }

    /** Section 2.2; the counter of the only chunk is zero. */
    private static int[] compressed(int[] chaining, int[] block, int length, int flags) {
        int[] v = Arrays.copyOf(chaining, 16);
        System.arraycopy(INITIAL, 0, v, 8, 4);
        v[14] = length;
        v[15] = flags;
        int[] m = block.clone();
        for (int round = 0; round < ROUNDS; round++) {
            mix(v, 0, 4, 8, 12, m[0], m[1]);
            mix(v, 1, 5, 9, 13, m[2], m[3]);
            mix(v, 2, 6, 10, 14, m[4], m[5]);
            mix(v, 3, 7, 11, 15, m[6], m[7]);
            mix(v, 0, 5, 10, 15, m[8], m[9]);
            mix(v, 1, 6, 11, 12, m[10], m[11]);
            mix(v, 2, 7, 8, 13, m[12], m[13]);
            mix(v, 3, 4, 9, 14, m[14], m[15]);
            int[] before = m.clone();
            Arrays.setAll(m, i -> before[PERMUTATION[i]]);
        }
        int[] next = new int[8];
        Arrays.setAll(next, i -> v[i] ^ v[i + 8]);
        return next;
    }

    private static void mix(int[] v, int a, int b, int c, int d, int x, int y) {
        v[a] += v[b] + x;
        v[d] = Integer.rotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Integer.rotateRight(v[b] ^ v[c], 12);
        v[a] += v[b] + y;
        v[d] = Integer.rotateRight(v[d] ^ v[a], 8);
        v[c] += v[d];
        v[b] = Integer.rotateRight(v[b] ^ v[c], 7);
    }
}

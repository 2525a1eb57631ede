package filon.mining.algorithm.kheavyhash;

import filon.mining.algorithm.dag.Keccak;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * cSHAKE256 (NIST SP 800-185, section 3) without a function's name, of messages shorter than a block, to 32 bytes.
 *
 * @param start the state after the block that holds the customization: long[25]
 */
record CustomShake(long[] start) {
    private static final int LANES = 25;
    private static final int RATE = 136;
    private static final int DIGEST_LENGTH = 32;
    private static final byte PADDING = 0x04;

    CustomShake {
        start = start.clone();
    }

    static CustomShake of(String customization) {
        byte[] text = customization.getBytes(StandardCharsets.US_ASCII);
        // bytepad(encode_string("") || encode_string(S), 136): left_encode(136) || left_encode(0) || left_encode(bits)
        // || S
        byte[] block = ByteBuffer.allocate(RATE)
                .put((byte) 1)
                .put((byte) RATE)
                .put((byte) 1)
                .put((byte) 0)
                .put((byte) 1)
                .put((byte) (text.length * Byte.SIZE))
                .put(text)
                .array();
        long[] state = new long[LANES];
        absorb(state, block);
        Keccak.permute(state);
        return new CustomShake(state);
    }

    @Override
    public long[] start() {
        return start.clone();
    }

    /** The state that absorbed a message of so many bytes with its padding, not permuted yet: long[25]. */
    long[] absorbed(byte[] message) {
        byte[] block = ByteBuffer.allocate(RATE).put(message).put(PADDING).array();
        block[RATE - 1] ^= (byte) 0x80;
        long[] state = start();
        absorb(state, block);
        return state;
    }

    /** byte[32] */
    byte[] hash(byte[] message) {
        long[] state = absorbed(message);
        Keccak.permute(state);
        ByteBuffer digest = ByteBuffer.allocate(DIGEST_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        digest.asLongBuffer().put(state, 0, DIGEST_LENGTH / Long.BYTES);
        return digest.array();
    }

    private static void absorb(long[] state, byte[] block) {
        ByteBuffer lanes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        for (int lane = 0; lane < RATE / Long.BYTES; lane++) {
            state[lane] ^= lanes.getLong();
        }
    }
}

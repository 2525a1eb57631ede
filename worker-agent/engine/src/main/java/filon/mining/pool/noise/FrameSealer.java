package filon.mining.pool.noise;

import filon.mining.pool.stratum2.message.Frame;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Encrypts frames: the header by itself, then the payload in chunks.
 *
 * <p>Source: Stratum V2 chapter 4.6.
 */
final class FrameSealer {
    private static final int SEALED_LENGTH_MAX = 65535;

    /** Bytes of a payload that are encrypted together, all but the last chunk's. */
    static final int CHUNK_LENGTH = SEALED_LENGTH_MAX - CipherState.MAC_LENGTH;

    private static final byte[] NOTHING = {};

    private final CipherState cipher;

    FrameSealer(CipherState cipher) {
        this.cipher = cipher;
    }

    byte[] seal(Frame frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(cipher.encrypt(NOTHING, frame.header().bytes()));
        byte[] payload = frame.payload().bytes();
        for (int from = 0; from < payload.length; from += CHUNK_LENGTH) {
            int to = Math.min(payload.length, from + CHUNK_LENGTH);
            out.writeBytes(cipher.encrypt(NOTHING, Arrays.copyOfRange(payload, from, to)));
        }
        return out.toByteArray();
    }
}

package filon.mining.pool.noise;

import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.FrameHeader;
import filon.mining.pool.stratum2.message.MalformedMessageException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import javax.crypto.AEADBadTagException;

/** Decrypts frames, as far as their bytes have come. Holds no more than one payload, whose length is limited. */
final class FrameOpener {
    private static final byte[] NOTHING = {};

    private final CipherState cipher;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private Optional<FrameHeader> header = Optional.empty();

    FrameOpener(CipherState cipher) {
        this.cipher = cipher;
    }

    /**
     * The next frame, once it is whole.
     *
     * @throws NoiseException if a byte was altered or left out, or the frame is longer than its limit
     */
    Optional<Frame> next(ByteQueue received) throws NoiseException {
        if (header.isEmpty() && !openHeader(received)) {
            return Optional.empty();
        }
        FrameHeader current = header.orElseThrow();
        while (payload.size() < current.length()) {
            int sealed = Math.min(current.length() - payload.size(), FrameSealer.CHUNK_LENGTH) + CipherState.MAC_LENGTH;
            if (received.length() < sealed) {
                return Optional.empty();
            }
            payload.writeBytes(decrypt(received.take(sealed), "payload of a frame of type " + current.typeText()));
        }
        Frame frame = Frame.of(current, payload.toByteArray());
        header = Optional.empty();
        payload.reset();
        return Optional.of(frame);
    }

    private boolean openHeader(ByteQueue received) throws NoiseException {
        if (received.length() < FrameHeader.LENGTH + CipherState.MAC_LENGTH) {
            return false;
        }
        byte[] bytes = decrypt(received.take(FrameHeader.LENGTH + CipherState.MAC_LENGTH), "header of a frame");
        try {
            header = Optional.of(FrameHeader.of(bytes));
            return true;
        } catch (MalformedMessageException tooLong) {
            throw new NoiseException(tooLong.getMessage(), tooLong);
        }
    }

    private byte[] decrypt(byte[] sealed, String what) throws NoiseException {
        try {
            return cipher.decrypt(NOTHING, sealed);
        } catch (AEADBadTagException altered) {
            throw new NoiseException(what + " is not authentic: bytes were altered or lost on their way", altered);
        }
    }
}

package filon.mining.opencl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a compiled program lies in a file, numbers with the most significant byte first.
 *
 * <pre>
 *  0  magic        8 bytes "filonprg"
 *  8  version      4 bytes
 * 12  key         32 bytes
 * 44  length       8 bytes, of the binary
 * 52  checksum    32 bytes, SHA-256 of the binary
 * 84  state        1 byte, 0 at rest, 1 while a driver tries it
 * 85  binary
 * </pre>
 *
 * <p>The checksum finds damage, not malice: PoCL 3.1 ends the process when it is given half a binary.
 */
final class ProgramFormat {
    static final int VERSION = 1;
    static final int STATE_OFFSET = 84;
    static final byte AT_REST = 0;
    static final byte LENT = 1;
    static final int HEADER_BYTES = STATE_OFFSET + 1;

    private static final byte[] MAGIC = "filonprg".getBytes(StandardCharsets.US_ASCII);

    private ProgramFormat() {}

    static byte[] file(ProgramKey key, byte[] binary) {
        return ByteBuffer.allocate(HEADER_BYTES + binary.length)
                .put(upToState(key, binary))
                .put(AT_REST)
                .put(binary)
                .array();
    }

    private static byte[] upToState(ProgramKey key, byte[] binary) {
        return ByteBuffer.allocate(STATE_OFFSET)
                .put(MAGIC)
                .putInt(VERSION)
                .put(key.bytes())
                .putLong(binary.length)
                .put(ProgramKey.sha256().digest(binary))
                .array();
    }

    /** The binary, or nothing where the file is another key's, of another version, or damaged. */
    static Optional<byte[]> binary(ProgramKey key, byte[] file) {
        if (file.length < HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] binary = Arrays.copyOfRange(file, HEADER_BYTES, file.length);
        byte[] expected = upToState(key, binary);
        boolean isIntact = Arrays.equals(expected, Arrays.copyOf(file, STATE_OFFSET));
        return isIntact ? Optional.of(binary) : Optional.empty();
    }
}

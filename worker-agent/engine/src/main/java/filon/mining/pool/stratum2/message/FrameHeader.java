package filon.mining.pool.stratum2.message;

import java.util.HexFormat;

/**
 * What precedes each payload: extension (15 bits, little-endian) with the highest bit set for messages to a channel, type (8 bits),
 * length of the payload (24 bits, little-endian).
 *
 * <p>Source: Stratum V2 chapter 3.2.
 */
public record FrameHeader(int extension, boolean toChannel, int type, int length) {
    public static final int LENGTH = 6;

    /** The longest payload that is read or sent: of a standard channel's messages none is longer than 1.5 KB. */
    public static final int PAYLOAD_LENGTH_MAX = 65_536;

    private static final int CHANNEL_BIT = 0x8000;

    public FrameHeader {
        Fields.range("extension", extension, CHANNEL_BIT - 1);
        Fields.range("type", type, 0xff);
        Fields.range("length of the payload", length, PAYLOAD_LENGTH_MAX);
    }

    /**
     * @param bytes byte[6]
     * @throws MalformedMessageException if the payload exceeds its limit; nothing of it needs to be read then
     */
    public static FrameHeader of(byte[] bytes) throws MalformedMessageException {
        int extension = unsigned(bytes, 0) | unsigned(bytes, 1) << 8;
        int length = unsigned(bytes, 3) | unsigned(bytes, 4) << 8 | unsigned(bytes, 5) << 16;
        int type = unsigned(bytes, 2);
        if (length > PAYLOAD_LENGTH_MAX) {
            throw new MalformedMessageException("payload of " + length + " bytes in a frame of type " + text(type)
                    + " exceeds " + PAYLOAD_LENGTH_MAX);
        }
        return new FrameHeader(extension & ~CHANNEL_BIT, (extension & CHANNEL_BIT) != 0, type, length);
    }

    public byte[] bytes() {
        int first = toChannel ? extension | CHANNEL_BIT : extension;
        return new byte[] {
            (byte) first,
            (byte) (first >>> 8),
            (byte) type,
            (byte) length,
            (byte) (length >>> 8),
            (byte) (length >>> 16)
        };
    }

    /** {@code 0x1a}. */
    public String typeText() {
        return text(type);
    }

    private static String text(int type) {
        return "0x" + HexFormat.of().toHexDigits((byte) type);
    }

    private static int unsigned(byte[] bytes, int index) {
        return Byte.toUnsignedInt(bytes[index]);
    }
}

package filon.mining.pool.stratum2.message;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that are compared by their values and never change. */
public record ByteString(byte[] bytes) {
    public ByteString {
        bytes = bytes.clone();
    }

    public static ByteString ofHex(String hex) {
        return new ByteString(HexFormat.of().parseHex(hex));
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString string && Arrays.equals(bytes, string.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}

package filon.mining.pool.stratum2.message;

import filon.mining.algorithm.Target;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Appends fields to a payload; their values were checked before. Source of the types: Stratum V2 chapter 3.1. */
final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FieldWriter u8(int value) {
        return number(value, 1);
    }

    FieldWriter u16(int value) {
        return number(value, Short.BYTES);
    }

    FieldWriter u32(long value) {
        return number(value, Integer.BYTES);
    }

    FieldWriter u64(long value) {
        return number(value, Long.BYTES);
    }

    FieldWriter f32(float value) {
        return u32(Float.floatToIntBits(value));
    }

    FieldWriter u256(ByteString value) {
        out.writeBytes(value.bytes());
        return this;
    }

    FieldWriter target(Target value) {
        out.writeBytes(reversed(value.bytes()));
        return this;
    }

    FieldWriter text(String value) {
        return shortBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    FieldWriter shortBytes(ByteString value) {
        return shortBytes(value.bytes());
    }

    FieldWriter optional(OptionalLong value) {
        u8(value.isPresent() ? 1 : 0);
        value.ifPresent(this::u32);
        return this;
    }

    ByteString payload() {
        return new ByteString(out.toByteArray());
    }

    static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private FieldWriter shortBytes(byte[] value) {
        u8(value.length);
        out.writeBytes(value);
        return this;
    }

    private FieldWriter number(long value, int length) {
        for (int i = 0; i < length; i++) {
            out.write((int) (value >>> 8 * i));
        }
        return this;
    }
}

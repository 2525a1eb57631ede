package filon.mining.pool.stratum2.message;

import java.nio.charset.StandardCharsets;

/** What each type of field can hold. Each check throws {@link IllegalArgumentException} that names field, value and limit. */
final class Fields {
    static final int TEXT_LENGTH_MAX = 255;
    static final int HASH_LENGTH = 32;
    private static final long U32_MAX = 0xffffffffL;
    private static final long U16_MAX = 0xffff;

    private Fields() {}

    static void u16(String field, int value) {
        range(field, value, U16_MAX);
    }

    static void u32(String field, long value) {
        range(field, value, U32_MAX);
    }

    static void range(String field, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(field + " " + value + " is not 0 to " + max);
        }
    }

    /** At most 255 bytes of UTF-8 and no control characters. */
    static void text(String field, String value) {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException(field + " of " + length + " bytes exceeds " + TEXT_LENGTH_MAX);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + " has a control character");
        }
    }

    static void hash(String field, ByteString value) {
        if (value.length() != HASH_LENGTH) {
            throw new IllegalArgumentException(field + " of " + value.length() + " bytes; it has " + HASH_LENGTH);
        }
    }

    static void upTo32(String field, ByteString value) {
        if (value.length() > HASH_LENGTH) {
            throw new IllegalArgumentException(field + " of " + value.length() + " bytes exceeds " + HASH_LENGTH);
        }
    }

    static void hashRate(String field, float value) {
        if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(field + " " + value + " H/s is not a number from zero on");
        }
    }
}

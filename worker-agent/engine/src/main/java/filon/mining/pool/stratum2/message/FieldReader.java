package filon.mining.pool.stratum2.message;

import filon.mining.algorithm.Target;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Takes fields from a payload in their order. Source of the types: Stratum V2 chapter 3.1. */
final class FieldReader {
    /** Takes the place of what is no text: one byte, so that a text never grows. */
    private static final String UNREADABLE = "?";

    private final ByteBuffer in;

    FieldReader(ByteString payload) {
        in = ByteBuffer.wrap(payload.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    int u8(String field) throws MalformedMessageException {
        need(field, 1);
        return Byte.toUnsignedInt(in.get());
    }

    int u16(String field) throws MalformedMessageException {
        need(field, Short.BYTES);
        return Short.toUnsignedInt(in.getShort());
    }

    long u32(String field) throws MalformedMessageException {
        need(field, Integer.BYTES);
        return Integer.toUnsignedLong(in.getInt());
    }

    long u64(String field) throws MalformedMessageException {
        need(field, Long.BYTES);
        return in.getLong();
    }

    float f32(String field) throws MalformedMessageException {
        need(field, Float.BYTES);
        return in.getFloat();
    }

    ByteString u256(String field) throws MalformedMessageException {
        return new ByteString(take(field, Fields.HASH_LENGTH));
    }

    Target target(String field) throws MalformedMessageException {
        return new Target(FieldWriter.reversed(take(field, Fields.HASH_LENGTH)));
    }

    /** A stranger's text made fit for a log: what is not UTF-8, controls or cannot be seen becomes a question mark. */
    String text(String field) throws MalformedMessageException {
        String text = new String(take(field, u8(field)), StandardCharsets.UTF_8);
        return text.replaceAll("[\\ufffd\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]", UNREADABLE);
    }

    ByteString upTo32(String field) throws MalformedMessageException {
        int length = u8(field);
        if (length > Fields.HASH_LENGTH) {
            throw new MalformedMessageException(field + " of " + length + " bytes exceeds " + Fields.HASH_LENGTH);
        }
        return new ByteString(take(field, length));
    }

    OptionalLong optional(String field) throws MalformedMessageException {
        int count = u8(field);
        if (count > 1) {
            throw new MalformedMessageException(field + " comes " + count + " times; at most once");
        }
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(u32(field));
    }

    private byte[] take(String field, int length) throws MalformedMessageException {
        need(field, length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private void need(String field, int length) throws MalformedMessageException {
        if (in.remaining() < length) {
            throw new MalformedMessageException(
                    field + " has " + length + " bytes, but " + in.remaining() + " are left");
        }
    }
}

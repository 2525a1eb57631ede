package filon.agent.meter;

import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How an entry lies in a segment: length (4 bytes, of what follows the checksum), CRC-32C (4), incarnation (8), sequence (8),
 * length of the cursors (4), cursors (JSON), the report's bytes. All big-endian.
 */
final class LogFrame {
    private static final int HEAD_BYTES = 8;
    private static final int BODY_BYTES_MIN = 20;
    private static final int BODY_BYTES_MAX = 16 << 20;

    private LogFrame() {}

    private record Cursors(Map<String, MeterCursor> cursors) {}

    /** @param length whole length of the frame in bytes */
    record Parsed(LoggedReport report, int length) {}

    static ByteBuffer encode(LoggedReport report) {
        byte[] cursors = MessageCodec.json(new Cursors(report.cursors())).getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + BODY_BYTES_MIN + cursors.length + report.value().length);
        frame.position(HEAD_BYTES);
        frame.putLong(report.incarnation()).putLong(report.sequence());
        frame.putInt(cursors.length).put(cursors).put(report.value());
        frame.putInt(0, frame.capacity() - HEAD_BYTES);
        frame.putInt(4, checksum(frame.array(), HEAD_BYTES, frame.capacity() - HEAD_BYTES));
        return frame.flip();
    }

    /** Empty when no whole, undamaged frame begins at the offset. */
    static Optional<Parsed> decode(byte[] segment, int offset) {
        if (segment.length - offset < HEAD_BYTES + BODY_BYTES_MIN) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(segment, offset, segment.length - offset);
        int length = buffer.getInt();
        int expected = buffer.getInt();
        if (length < BODY_BYTES_MIN || length > BODY_BYTES_MAX || length > buffer.remaining()) {
            return Optional.empty();
        }
        if (checksum(segment, offset + HEAD_BYTES, length) != expected) {
            return Optional.empty();
        }
        return body(buffer, length).map(report -> new Parsed(report, HEAD_BYTES + length));
    }

    private static Optional<LoggedReport> body(ByteBuffer buffer, int length) {
        long incarnation = buffer.getLong();
        long sequence = buffer.getLong();
        int cursorsLength = buffer.getInt();
        if (cursorsLength < 0 || cursorsLength > length - BODY_BYTES_MIN) {
            return Optional.empty();
        }
        byte[] cursors = new byte[cursorsLength];
        buffer.get(cursors);
        byte[] value = new byte[length - BODY_BYTES_MIN - cursorsLength];
        buffer.get(value);
        try {
            Map<String, MeterCursor> parsed =
                    MessageCodec.parse(cursors, Cursors.class).cursors();
            return Optional.of(new LoggedReport(incarnation, sequence, parsed, value));
        } catch (UnusableMessageException e) {
            return Optional.empty();
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }
}

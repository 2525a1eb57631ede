package filon.mining.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An append-only file of {@link MeterRecord}s, one JSON object per line, forced to the disk with each append.
 *
 * <p>The last member of each line, {@code crc32c}, is the checksum of the bytes before it. What follows the last whole line is
 * torn (its writer was killed): readers stop before it, the next writer cuts it off. A bad line with good ones after it is damage,
 * which nobody passes over. Beside it lies {@code sent.jsonl}: shares on their way.
 */
public final class MeterLog implements AutoCloseable {
    private static final String CHECKSUM_MEMBER = ",\"crc32c\":\"";
    private static final int ENDING_LENGTH = CHECKSUM_MEMBER.length() + 8 + "\"}".length();
    private static final String SENT = "sent.jsonl";
    private static final int READ_BYTES_MAX = 4 << 20;

    private final FileChannel channel;
    private final SentShares sent;
    private final Optional<MeterRecord> lastOfPredecessor;

    private MeterLog(FileChannel channel, SentShares sent, Optional<MeterRecord> lastOfPredecessor) {
        this.channel = channel;
        this.sent = sent;
        this.lastOfPredecessor = lastOfPredecessor;
    }

    /**
     * Records read from a file.
     *
     * @param nextOffset where the first byte after them is; to be given to the next read
     */
    public record Slice(List<MeterRecord> records, long nextOffset) {}

    /** Opens for appending, after cutting a torn end off. One writer at a time. */
    public static MeterLog open(Path file) throws IOException {
        long end = 0;
        Optional<MeterRecord> last = Optional.empty();
        if (Files.exists(file)) {
            Slice slice = read(file, 0);
            while (slice.nextOffset() > end) {
                end = slice.nextOffset();
                last = Optional.of(slice.records().getLast());
                slice = read(file, end);
            }
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(end);
        channel.position(end);
        channel.force(true);
        List<ShareProof> lastShares = last.map(MeterRecord::shares).orElse(List.of());
        SentShares sent = SentShares.open(file.resolveSibling(SENT), lastShares);
        return new MeterLog(channel, sent, last);
    }

    /**
     * Reads whole records from a byte offset on, about four mebibytes of them at most: call again until nothing comes. A missing
     * file has no records.
     *
     * @throws IOException if a line is damaged that is not the last
     */
    public static Slice read(Path file, long fromByteOffset) throws IOException {
        if (!Files.exists(file)) {
            return new Slice(List.of(), fromByteOffset);
        }
        byte[] bytes = bytes(file, fromByteOffset);
        List<MeterRecord> records = new ArrayList<>();
        int start = 0;
        for (int end = indexOfNewline(bytes, start); end >= 0; end = indexOfNewline(bytes, start)) {
            Optional<MeterRecord> record = parsed(Arrays.copyOfRange(bytes, start, end));
            if (record.isEmpty()) {
                if (indexOfNewline(bytes, end + 1) >= 0) {
                    throw new IOException(file + " is damaged at byte " + (fromByteOffset + start));
                }
                break;
            }
            records.add(record.get());
            start = end + 1;
        }
        return new Slice(List.copyOf(records), fromByteOffset + start);
    }

    private static byte[] bytes(Path file, long from) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(channel.size() - from, 0, READ_BYTES_MAX));
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // until full or at the end
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    private static int indexOfNewline(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static Optional<MeterRecord> parsed(byte[] line) throws IOException {
        int covered = line.length - ENDING_LENGTH;
        if (covered < 1 || !Arrays.equals(ending(line, covered), Arrays.copyOfRange(line, covered, line.length))) {
            return Optional.empty();
        }
        try {
            return Optional.of(WorkloadJson.MAPPER.readValue(line, MeterRecord.class));
        } catch (JsonProcessingException e) {
            throw new IOException("a meter record has a good checksum and cannot be understood: " + e.getMessage(), e);
        }
    }

    private static byte[] ending(byte[] line, int covered) {
        CRC32C checksum = new CRC32C();
        checksum.update(line, 0, covered);
        String digits = HexFormat.of().toHexDigits((int) checksum.getValue());
        return (CHECKSUM_MEMBER + digits + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    /** The last record that was in the file when it was opened. */
    public Optional<MeterRecord> lastOfPredecessor() {
        return lastOfPredecessor;
    }

    /** Appends and forces to the disk. */
    public void append(MeterRecord record) throws IOException {
        byte[] json = WorkloadJson.MAPPER.writeValueAsBytes(record);
        int covered = json.length - 1; // all but the closing brace, which follows the checksum
        byte[] ending = ending(json, covered);
        ByteBuffer line = ByteBuffer.allocate(covered + ending.length + 1);
        line.put(json, 0, covered).put(ending).put((byte) '\n').flip();
        while (line.hasRemaining()) {
            channel.write(line);
        }
        channel.force(false);
        sent.recorded(record.shares());
    }

    /** Notes a share that is about to be sent; a record will tell its verdict, if need be one of the next process. Safe for any thread. */
    void sending(ShareProof share) throws IOException {
        sent.sending(share);
    }

    /** Shares that were sent and are in no record. */
    List<ShareProof> unrecorded() {
        return sent.open();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        sent.close();
    }
}

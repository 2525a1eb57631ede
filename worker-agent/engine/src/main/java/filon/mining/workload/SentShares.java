package filon.mining.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares that are sent or about to be and whose verdict is in no meter record yet: a file of one JSON object per line beside the meter,
 * written before the share goes to the pool. A process that is killed leaves them to its successor, which records them as unanswered.
 *
 * <p>A share is known by its solved header. The file is begun anew whenever nothing is open, and where it would grow beyond
 * {@value #BYTES_MAX} bytes. Bytes are not forced to the disk: they outlive the process, not the machine; a damaged file is set aside with
 * the ending {@code .damaged}. Safe for any thread.
 */
final class SentShares implements AutoCloseable {
    static final int BYTES_MAX = 1 << 20;

    private final Path file;
    private final Map<String, ShareProof> open = new LinkedHashMap<>();
    private FileChannel channel;
    private long end;

    /** One line. */
    private record Line(ShareProof sent, List<String> recorded) {}

    private SentShares(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * @param lastRecorded shares of the last meter record, which may have been written and not noted here
     * @throws IOException if the file cannot be read or written
     */
    static SentShares open(Path file, List<ShareProof> lastRecorded) throws IOException {
        Map<String, ShareProof> left = Files.exists(file) ? readOrSetAside(file) : Map.of();
        SentShares shares =
                new SentShares(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        shares.open.putAll(left);
        lastRecorded.forEach(share -> shares.open.remove(share.header()));
        shares.rewrite();
        return shares;
    }

    /** Damage, as a machine without power may leave, costs these shares their last verdict, not the rental its miner. */
    private static Map<String, ShareProof> readOrSetAside(Path file) throws IOException {
        try {
            return read(file);
        } catch (JsonProcessingException damaged) {
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            return Map.of();
        }
    }

    private static Map<String, ShareProof> read(Path file) throws IOException {
        Map<String, ShareProof> open = new LinkedHashMap<>();
        String text = Files.readString(file, StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n'); // what follows is torn: its writer was killed, and the share was not sent
        for (String line : text.substring(0, end + 1).lines().toList()) {
            Line parsed = WorkloadJson.MAPPER.readValue(line, Line.class);
            if (parsed.sent() != null) {
                open.put(parsed.sent().header(), parsed.sent());
            }
            if (parsed.recorded() != null) {
                open.keySet().removeAll(parsed.recorded());
            }
        }
        return open;
    }

    /** What has no verdict, oldest first. */
    synchronized List<ShareProof> open() {
        return List.copyOf(open.values());
    }

    /** To be called before the share is sent. */
    synchronized void sending(ShareProof share) throws IOException {
        open.put(share.header(), share);
        append(new Line(share, null));
    }

    /** Their verdicts are in the meter. */
    synchronized void recorded(Collection<ShareProof> shares) throws IOException {
        List<String> known = shares.stream()
                .map(ShareProof::header)
                .filter(open::containsKey)
                .toList();
        if (known.isEmpty()) {
            return;
        }
        open.keySet().removeAll(known);
        if (open.isEmpty() || end > BYTES_MAX) {
            rewrite();
        } else {
            append(new Line(null, known));
        }
    }

    /** At no moment does the file lack a share that is open. */
    private void rewrite() throws IOException {
        if (open.isEmpty()) {
            channel.truncate(0);
            end = 0;
            return;
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        FileChannel begun = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        long length = 0;
        try {
            for (ShareProof share : open.values()) {
                length += write(begun, new Line(share, null), length);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            begun.close();
            throw e;
        }
        channel.close();
        channel = begun;
        end = length;
    }

    /** Over what is left of a line that a full disk did not take whole. */
    private void append(Line line) throws IOException {
        end += write(channel, line, end);
    }

    /** @return bytes written */
    private static int write(FileChannel to, Line line, long from) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap((WorkloadJson.MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            to.write(bytes, from + bytes.position());
        }
        return bytes.limit();
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}

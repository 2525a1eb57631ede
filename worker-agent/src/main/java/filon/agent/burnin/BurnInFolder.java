package filon.agent.burnin;

import filon.agent.disk.DurableFile;
import filon.mining.burnin.DeviceResult;
import filon.plumbing.codec.MessageCodec;
import filon.plumbing.codec.UnusableMessageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folder of the newest burn-in: its record, what its child printed as results, and what it said meanwhile. */
public record BurnInFolder(Path path) {
    private static final int TAIL_BYTES = 4_096;

    static BurnInFolder in(Path agentHome) throws IOException {
        return new BurnInFolder(DurableFile.directory(agentHome.resolve("burn-in")));
    }

    /** @throws IOException if there is a record that is none: the agent must not guess what it had done */
    Optional<BurnInRecord> record() throws IOException {
        Optional<byte[]> stored = file().read();
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MessageCodec.parse(stored.get(), BurnInRecord.class));
        } catch (UnusableMessageException e) {
            throw new IOException("file " + file().path() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** On the disk when this returns. */
    void write(BurnInRecord record) throws IOException {
        file().replace(MessageCodec.json(record).getBytes(StandardCharsets.UTF_8));
    }

    /** One result a line, in the order of the devices. */
    public Path results() {
        return path.resolve("results.jsonl");
    }

    /** Lines for people; the last one is the newest. */
    public Path progress() {
        return path.resolve("progress.log");
    }

    /** Of the devices that the child has done with; a line that it did not end is none. */
    List<DeviceResult> deviceResults() throws IOException {
        List<DeviceResult> results = new ArrayList<>();
        // what is no UTF-8 is a device's name at worst, and no reason to lose a result
        String printed = new String(Files.readAllBytes(results()), StandardCharsets.UTF_8);
        for (String line : printed.lines().toList()) {
            try {
                results.add(MessageCodec.parse(line, DeviceResult.class));
            } catch (UnusableMessageException e) {
                return List.copyOf(results);
            }
        }
        return List.copyOf(results);
    }

    /** The child's last words so far. */
    Optional<String> lastLine() throws IOException {
        if (Files.notExists(progress())) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(progress(), StandardOpenOption.READ)) {
            ByteBuffer tail = ByteBuffer.allocate((int) Math.min(TAIL_BYTES, channel.size()));
            channel.read(tail, channel.size() - tail.capacity());
            return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .reduce((first, second) -> second);
        }
    }

    private DurableFile file() {
        return new DurableFile(path.resolve("burn-in.json"));
    }
}

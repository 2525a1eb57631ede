package filon.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One supervisor per data directory; the lock goes with the process that holds it, however that ends. */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @return empty if another process holds it; {@link #holder} says which */
    static Optional<RunLock> take(Path data, int portBase) throws IOException {
        Files.createDirectories(data);
        FileChannel channel = FileChannel.open(
                data.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        String holder = "pid " + ProcessHandle.current().pid() + ", http://127.0.0.1:" + portBase + "\n";
        Files.writeString(data.resolve("up.holder"), holder, StandardCharsets.UTF_8);
        return Optional.of(new RunLock(channel));
    }

    static String holder(Path data) throws IOException {
        Path file = data.resolve("up.holder");
        return Files.exists(file) ? Files.readString(file).strip() : "unknown";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

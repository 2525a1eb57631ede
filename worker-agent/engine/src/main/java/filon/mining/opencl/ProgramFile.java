package filon.mining.opencl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * The open file of one compiled program.
 *
 * <p>It is marked while a driver tries the binary, and locked, so that a driver that takes the process along does so once: a
 * mark without a lock is what a dead process left, and its binary is not handed out again. Whoever finds the file locked uses
 * it all the same, without a mark of its own.
 */
final class ProgramFile implements AutoCloseable {
    private final FileChannel channel;
    private final boolean isLocked;

    /** @throws java.nio.file.NoSuchFileException if there is none */
    ProgramFile(Path path) throws IOException {
        channel = FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            isLocked = isLockTaken(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isLockTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException anotherThreadHasIt) {
            return false;
        }
    }

    /** The binary, or nothing where it is damaged, larger than a program may be, or a process died of it. */
    Optional<byte[]> binary(ProgramKey key, int bytesMax) throws IOException {
        if (channel.size() > ProgramFormat.HEADER_BYTES + (long) bytesMax) {
            return Optional.empty();
        }
        byte[] file = content();
        boolean isAbandoned = isLocked
                && file.length > ProgramFormat.STATE_OFFSET
                && file[ProgramFormat.STATE_OFFSET] != ProgramFormat.AT_REST;
        return isAbandoned ? Optional.empty() : ProgramFormat.binary(key, file);
    }

    private byte[] content() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (file.hasRemaining() && channel.read(file, file.position()) > 0) {}
        return file.array();
    }

    /** The mark outlives the process, not the machine: to wait for a busy disk at each start costs more than it saves. */
    void lend() throws IOException {
        mark(ProgramFormat.LENT);
    }

    void giveBack() throws IOException {
        mark(ProgramFormat.AT_REST);
    }

    private void mark(byte state) throws IOException {
        if (isLocked) {
            channel.write(ByteBuffer.wrap(new byte[] {state}), ProgramFormat.STATE_OFFSET);
        }
    }

    /** Gives the lock back too. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}

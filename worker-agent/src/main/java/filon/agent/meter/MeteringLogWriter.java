package filon.agent.meter;

import filon.agent.disk.Disk;
import filon.agent.disk.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The agent's own end of the metering log: appends, trims, and hands entries to the sender.
 *
 * <p>One thread appends and trims. {@link #after} may be called from another: it sees what is on the disk only, because the end is
 * published after fsync. A torn end of the newest segment is cut off at opening; each life begins a new segment.
 */
public final class MeteringLogWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MeteringLogWriter.class);
    private static final int SEGMENT_BYTES_MAX = 256 << 10;
    private final Path directory;
    private final boolean keepTrimmed;
    private final Disk disk;
    private final Object segmentsChange = new Object();
    private final List<Segment> sealed = new ArrayList<>();
    private Segment active;
    private FileChannel channel;
    private Optional<LoggedReport> newest;

    /** A segment and the entries in it that are on the disk; small enough to be kept as where they begin. */
    private record Segment(Path path, long number, List<Entry> entries) {}

    private record Entry(long incarnation, long sequence, int offset, int length) {
        boolean isThrough(long otherIncarnation, long otherSequence) {
            return incarnation < otherIncarnation || incarnation == otherIncarnation && sequence <= otherSequence;
        }
    }

    private MeteringLogWriter(Path directory, boolean keepTrimmed, Disk disk) {
        this.directory = directory;
        this.keepTrimmed = keepTrimmed;
        this.disk = disk;
        this.newest = Optional.empty();
    }

    /** @param keepTrimmed move trimmed segments to an archive folder instead of deleting them */
    public static MeteringLogWriter open(Path agentHome, boolean keepTrimmed) throws IOException {
        return open(agentHome, keepTrimmed, Disk.OWN);
    }

    /** @param disk that entries are written to */
    public static MeteringLogWriter open(Path agentHome, boolean keepTrimmed, Disk disk) throws IOException {
        Path directory = DurableFile.directory(MeteringLog.directory(agentHome));
        MeteringLogWriter log = new MeteringLogWriter(directory, keepTrimmed, disk);
        List<Path> segments = MeteringLog.segments(directory);
        for (Path path : segments) {
            log.recover(path, path.equals(segments.getLast()));
        }
        long last = log.sealed.isEmpty() ? 0 : log.sealed.getLast().number();
        log.active = log.begin(Math.max(last, log.archivedThrough()) + 1);
        return log;
    }

    /** The last entry, which tells where every workload's meter stands. */
    public Optional<LoggedReport> newest() {
        return newest;
    }

    /** Appends; on the disk when this returns. */
    public void append(LoggedReport report) throws IOException {
        ByteBuffer frame = LogFrame.encode(report);
        int length = frame.remaining();
        if (channel.position() > 0 && channel.position() + length > SEGMENT_BYTES_MAX) {
            seal();
        }
        int offset = (int) channel.position();
        write(frame, offset);
        newest = Optional.of(report);
        synchronized (segmentsChange) {
            active.entries().add(new Entry(report.incarnation(), report.sequence(), offset, length));
        }
    }

    /** A write that fails (a full disk) is taken back, so that the next one does not follow a torn entry. */
    private void write(ByteBuffer frame, int offset) throws IOException {
        try {
            disk.requireRoom(frame.remaining());
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(offset);
            throw e;
        }
    }

    /**
     * The entries that follow one, oldest first.
     *
     * @param incarnation and {@code sequence} of that one; 0 and 0 for the begin of the log
     */
    public List<LoggedReport> after(long incarnation, long sequence, int countMax) throws IOException {
        List<LoggedReport> found = new ArrayList<>();
        for (Segment segment : snapshot()) {
            List<Entry> wanted = segment.entries().stream()
                    .filter(entry -> !entry.isThrough(incarnation, sequence))
                    .limit(countMax - (long) found.size())
                    .toList();
            if (!wanted.isEmpty() && Files.exists(segment.path())) {
                found.addAll(read(segment.path(), wanted));
            }
        }
        return List.copyOf(found);
    }

    /** Gives up whole segments of which nothing is newer than this entry; the newest entry of the log always stays. */
    public void trim(long incarnation, long sequence) throws IOException {
        List<Segment> through;
        synchronized (segmentsChange) {
            boolean activeIsEmpty = active.entries().isEmpty();
            through = sealed.stream()
                    .filter(segment -> !(activeIsEmpty && segment == sealed.getLast()))
                    .filter(segment ->
                            segment.entries().stream().allMatch(entry -> entry.isThrough(incarnation, sequence)))
                    .toList();
            sealed.removeAll(through);
        }
        for (Segment segment : through) {
            giveUp(segment.path());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void recover(Path path, boolean isNewest) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        List<Entry> entries = new ArrayList<>();
        int offset = 0;
        for (var frame = LogFrame.decode(bytes, 0); frame.isPresent(); frame = LogFrame.decode(bytes, offset)) {
            LoggedReport report = frame.get().report();
            entries.add(new Entry(
                    report.incarnation(), report.sequence(), offset, frame.get().length()));
            newest = Optional.of(report);
            offset += frame.get().length();
        }
        if (offset < bytes.length && isNewest) {
            cut(path, offset);
        } else if (offset < bytes.length) {
            LOG.errorf("Metering log %s is damaged at byte %d: what follows in it is left alone", path, offset);
        }
        if (entries.isEmpty() && Files.size(path) == 0) {
            Files.delete(path);
        } else {
            sealed.add(new Segment(path, number(path), entries));
        }
    }

    private static void cut(Path path, int length) throws IOException {
        try (FileChannel torn = FileChannel.open(path, StandardOpenOption.WRITE)) {
            torn.truncate(length);
            torn.force(true);
        }
    }

    private Segment begin(long number) throws IOException {
        Path path = directory.resolve(String.format("%010d.log", number));
        channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        DurableFile.syncDirectory(directory);
        return new Segment(path, number, new ArrayList<>());
    }

    private void seal() throws IOException {
        channel.close();
        Segment next = begin(active.number() + 1);
        synchronized (segmentsChange) {
            sealed.add(active);
            active = next;
        }
    }

    private List<Segment> snapshot() {
        synchronized (segmentsChange) {
            List<Segment> all = new ArrayList<>(sealed);
            all.add(new Segment(active.path(), active.number(), List.copyOf(active.entries())));
            return all;
        }
    }

    private static List<LoggedReport> read(Path path, List<Entry> entries) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        List<LoggedReport> reports = new ArrayList<>();
        for (Entry entry : entries) {
            reports.add(LogFrame.decode(bytes, entry.offset())
                    .orElseThrow(() -> new IOException(path + " is damaged at byte " + entry.offset()))
                    .report());
        }
        return reports;
    }

    private void giveUp(Path path) throws IOException {
        if (!keepTrimmed) {
            Files.deleteIfExists(path);
            return;
        }
        Path archive = DurableFile.directory(MeteringLog.archive(directory));
        Files.move(path, archive.resolve(path.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private long archivedThrough() throws IOException {
        List<Path> archived = MeteringLog.segments(MeteringLog.archive(directory));
        return archived.isEmpty() ? 0 : number(archived.getLast());
    }

    private static long number(Path path) {
        return Long.parseLong(path.getFileName().toString().substring(0, 10));
    }
}

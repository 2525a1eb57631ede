package filon.mining.opencl;

import filon.mining.home.UserPlace;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Compiled programs kept on disk, so that a driver compiles a source once and not at each start.
 *
 * <p>It only saves time. A directory that cannot be read or written, a full disk, a damaged file, a binary that the driver
 * refuses: each is passed over, the source is compiled, and mining goes on. {@link #passedOver} counts what was.
 *
 * <p>A binary is never trusted unchecked. Its file must hold the checksum of what was written, the driver must take it, and,
 * like every program, it is proved against known answers and the CPU before it earns ({@code filon.mining.engine.Proving}).
 * {@link #distrust} deletes what a failed proof may have come from.
 *
 * <p>For any number of threads, and of processes that share the directory.
 */
public final class ProgramCache {
    /** The system property that holds the directory, or {@code off}. */
    public static final String PROPERTY = "filon.cache";

    public static final long BYTES_MAX = 256L << 20;

    /** A program is held in memory twice while it is read, in processes of 128 MiB; those of today have 0.1 to 1. */
    static final int PROGRAM_BYTES_MAX = 16 << 20;

    private final Optional<ProgramFolder> folder;
    private final Set<ProgramKey> handedOut = ConcurrentHashMap.newKeySet();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicLong passedOver = new AtomicLong();

    /** In this directory, which need not exist; at most so many bytes in all. */
    public ProgramCache(Path directory, long bytesMax, InstantSource clock) {
        this(Optional.of(new ProgramFolder(directory, bytesMax, clock)));
    }

    private ProgramCache(Optional<ProgramFolder> folder) {
        this.folder = folder;
    }

    /** Keeps nothing: each program is compiled. */
    public static ProgramCache off() {
        return new ProgramCache(Optional.empty());
    }

    /**
     * As the system property {@code filon.cache} says: a directory, or {@code off}. Without it in {@code $XDG_CACHE_HOME/filon},
     * or {@code ~/.cache/filon} where that is not set; without a home, off.
     *
     * @param isUsual whether to keep programs where the property says nothing
     */
    public static ProgramCache configured(boolean isUsual) {
        UserPlace place = UserPlace.configured(PROPERTY, "XDG_CACHE_HOME");
        if (!isUsual && place.setting().isEmpty()) {
            return off();
        }
        return directory(place)
                .map(directory -> new ProgramCache(directory, BYTES_MAX, InstantSource.system()))
                .orElseGet(ProgramCache::off);
    }

    /** Nothing is a cache that is off. */
    static Optional<Path> directory(UserPlace place) {
        return place.path(".cache", "filon");
    }

    /** How many programs were restored. */
    public long hits() {
        return hits.get();
    }

    /** How many programs had to be compiled. */
    public long misses() {
        return misses.get();
    }

    /** How often a directory, a file or a driver's binary could not be used; each time mining went on without. */
    public long passedOver() {
        return passedOver.get();
    }

    /**
     * What the driver makes of the binary of that key; nothing where there is none, or where it is damaged or refused, and
     * then it is deleted.
     *
     * @param driver gives nothing where it refuses the binary; it must not throw
     */
    <T> Optional<T> restored(ProgramKey key, Function<byte[], Optional<T>> driver) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> program = Optional.empty();
        try (ProgramFile file = folder.get().open(key)) {
            Optional<byte[]> binary = file.binary(key, PROGRAM_BYTES_MAX);
            if (binary.isPresent()) {
                file.lend();
                program = driver.apply(binary.get());
                file.giveBack();
            }
            settle(key, program.isPresent());
        } catch (NoSuchFileException absent) {
            return program;
        } catch (IOException e) {
            passedOver.incrementAndGet();
        }
        return program;
    }

    private void settle(ProgramKey key, boolean isRestored) throws IOException {
        if (isRestored) {
            hits.incrementAndGet();
            handedOut.add(key);
            folder.orElseThrow().touch(key);
            return;
        }
        passedOver.incrementAndGet();
        folder.orElseThrow().delete(key);
    }

    /** Keeps what was compiled, where there is a place for it; else the binary is not asked for. */
    void compiled(ProgramKey key, Supplier<byte[]> binary) {
        misses.incrementAndGet();
        if (folder.isEmpty()) {
            return;
        }
        try {
            folder.get().prepare();
            folder.get().write(key, binary.get());
            handedOut.add(key);
        } catch (IOException | OpenClException e) {
            passedOver.incrementAndGet();
        }
    }

    /** Deletes what was restored from here or written here, because something computed wrong answers or lacks a kernel. */
    public void distrust() {
        for (ProgramKey key : handedOut) {
            delete(key);
        }
        handedOut.clear();
    }

    private void delete(ProgramKey key) {
        try {
            folder.orElseThrow().delete(key);
        } catch (IOException e) {
            passedOver.incrementAndGet();
        }
    }
}

package filon.mining.opencl;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A directory of compiled programs, a file for each, of bounded size in all. Files are replaced as a whole, so several
 * processes may use it at a time; those that write at the same instant may exceed the bound until the next write.
 *
 * <p>It holds code that this process will run, so it must be the user's own, and writable by nobody else.
 */
final class ProgramFolder {
    private static final String PROGRAM = ".program";
    private static final String DRAFT = ".draft";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path directory;
    private final long bytesMax;
    private final InstantSource clock;

    ProgramFolder(Path directory, long bytesMax, InstantSource clock) {
        if (bytesMax < 1) {
            throw new IllegalArgumentException("a cache of " + bytesMax + " bytes holds no program");
        }
        this.directory = directory.toAbsolutePath();
        this.bytesMax = bytesMax;
        this.clock = clock;
    }

    /** @throws NoSuchFileException if there is none */
    ProgramFile open(ProgramKey key) throws IOException {
        requireOwn();
        return new ProgramFile(file(key));
    }

    /** Makes the directory where it is missing. */
    void prepare() throws IOException {
        Files.createDirectories(directory, OWNER_DIRECTORY);
        requireOwn();
    }

    private void requireOwn() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(directory + " can be written by others: " + permissions);
        }
        UserPrincipal owner = Files.getOwner(directory);
        UserPrincipal user = directory
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        if (!owner.equals(user)) {
            throw new IOException(directory + " is of " + owner + ", not of " + user);
        }
    }

    /** Replaces what is there; what was used longest ago makes room. */
    void write(ProgramKey key, byte[] binary) throws IOException {
        byte[] content = ProgramFormat.file(key, binary);
        if (content.length > bytesMax) {
            throw new IOException("program of " + content.length + " bytes exceeds the cache's " + bytesMax);
        }
        makeRoom(content.length);
        Path draft = Files.createTempFile(directory, key.digits(), DRAFT, OWNER_FILE);
        try {
            Files.write(draft, content);
            Files.setLastModifiedTime(draft, now());
            Files.move(draft, file(key), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Drafts count too: a process that was killed may have left one. */
    private void makeRoom(long bytes) throws IOException {
        List<Entry> entries = entries();
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::path));
        long total = bytes + entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            if (total <= bytesMax) {
                return;
            }
            Files.deleteIfExists(entry.path());
            total -= entry.bytes();
        }
    }

    private record Entry(Path path, long bytes, FileTime used) {}

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*{" + PROGRAM + "," + DRAFT + "}")) {
            for (Path file : files) {
                addIfPresent(entries, file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    private static void addIfPresent(List<Entry> entries, Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            entries.add(new Entry(file, attributes.size(), attributes.lastModifiedTime()));
        } catch (NoSuchFileException anotherProcessDeletedIt) {
            return;
        }
    }

    /** It was used now, so it goes last. */
    void touch(ProgramKey key) throws IOException {
        Files.setLastModifiedTime(file(key), now());
    }

    void delete(ProgramKey key) throws IOException {
        Files.deleteIfExists(file(key));
    }

    Path file(ProgramKey key) {
        return directory.resolve(key.digits() + PROGRAM);
    }

    private FileTime now() {
        return FileTime.from(clock.instant());
    }
}

package filon.provisioning.authority;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** One directory (0700) whose files appear whole or not at all, readable by their owner alone unless said otherwise. */
final class SecretFiles {
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    private final Path directory;

    private SecretFiles(Path directory) {
        this.directory = directory;
    }

    static SecretFiles in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
        }
        Files.setPosixFilePermissions(directory, DIRECTORY);
        return new SecretFiles(directory);
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    Optional<String> read(String name) throws IOException {
        Path file = path(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    void writeSecret(String name, String text) throws IOException {
        write(name, text, SECRET);
    }

    void writePublic(String name, String text) throws IOException {
        write(name, text, PUBLIC);
    }

    /** Keeps other processes out until it is closed; the lock goes with the process that held it. */
    FileChannel lock() throws IOException {
        FileChannel channel = FileChannel.open(path(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    private void write(String name, String text, Set<PosixFilePermission> permissions) throws IOException {
        Path partial =
                Files.createTempFile(directory, name + ".", ".part", PosixFilePermissions.asFileAttribute(SECRET));
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(text));
            channel.force(true);
        }
        Files.setPosixFilePermissions(partial, permissions);
        Files.move(partial, path(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

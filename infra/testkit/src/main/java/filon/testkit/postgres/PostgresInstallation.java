package filon.testkit.postgres;

import filon.testkit.RepositoryRoot;
import filon.testkit.process.Commands;
import filon.testkit.process.Folders;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The unpacked binaries and one empty cluster to copy; both made once per version below {@code infra/postgres/target}.
 */
final class PostgresInstallation {
    /** The version of the binaries' BOM; it names the folder, so a new version unpacks anew. */
    private static final String VERSION = "18.6";

    private static final String CLUSTER = "cluster";
    private final Path folder;
    private final Unprivileged unprivileged;

    private PostgresInstallation(Path folder, Unprivileged unprivileged) {
        this.folder = folder;
        this.unprivileged = unprivileged;
    }

    static PostgresInstallation ready(Unprivileged unprivileged) throws IOException, InterruptedException {
        String name = VERSION + "-" + machine() + unprivileged.suffix();
        Path folder = RepositoryRoot.infra("postgres", "target", name);
        PostgresInstallation installation = new PostgresInstallation(folder, unprivileged);
        Folders.once(folder, installation::fill);
        return installation;
    }

    private static String machine() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default ->
                throw new IllegalStateException("PostgreSQL's binaries are for amd64 and arm64, not for " + name);
        };
    }

    private void fill(Path next) throws IOException, InterruptedException {
        try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", machine())) {
            if (packed == null) {
                throw new IOException("the class path has no PostgreSQL binaries for Linux on " + machine());
            }
            unpack(packed, next);
        }
        Path password = Files.createTempFile("postgres", ".password");
        try {
            Files.writeString(password, Postgres.PASSWORD);
            unprivileged.own(password);
            unprivileged.own(next);
            Commands.run(unprivileged.command(List.of(
                    next.resolve("bin/initdb").toString(),
                    "--pgdata=" + next.resolve(CLUSTER),
                    "--username=postgres",
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF-8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C")));
        } finally {
            Files.deleteIfExists(password);
        }
    }

    private static void unpack(InputStream packed, Path target) throws IOException {
        try (TarArchiveInputStream archive = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            TarArchiveEntry entry = archive.getNextEntry();
            while (entry != null) {
                unpack(archive, entry, target);
                entry = archive.getNextEntry();
            }
        }
    }

    private static void unpack(TarArchiveInputStream archive, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("the archive's entry " + entry.getName() + " leaves the folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(archive, file);
        Set<PosixFilePermission> permissions = new HashSet<>(PosixFilePermissions.fromString("rw-r--r--"));
        if ((entry.getMode() & 0100) != 0) {
            permissions.addAll(PosixFilePermissions.fromString("--x--x--x"));
        }
        Files.setPosixFilePermissions(file, permissions);
    }

    /** The path of one of its programs. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /** Copies the empty cluster; the target appears complete or not at all. */
    void copyCluster(Path target) throws IOException, InterruptedException {
        Folders.once(target, next -> {
            Files.delete(next);
            Folders.copy(folder.resolve(CLUSTER), next);
            try (Stream<Path> all = Files.walk(next)) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    unprivileged.own(path);
                }
            }
        });
    }
}

package filon.testkit.keycloak;

import filon.testkit.Ports;
import filon.testkit.RepositoryRoot;
import filon.testkit.process.Folders;
import filon.testkit.process.RunningJvm;
import filon.testkit.process.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The unpacked distribution, shared and only read, and a template per realm file: a database that has the realm already, and a
 * class data archive of a server that started with it.
 *
 * <p>The template takes about half a minute and is made once. A start from it does not build, does not import, and maps its
 * classes instead of parsing them.
 */
final class KeycloakDistribution {
    private static final Duration MADE_WITHIN = Duration.ofMinutes(5);
    private static final Duration ARCHIVED_WITHIN = Duration.ofSeconds(90);
    private static final String ARCHIVE = "classes.jsa";
    /** How the server says that it has built itself for its options and wants to be started again. */
    private static final int BUILT = 10;

    private final Path distribution;
    private final Path realm;
    private final String key;

    private KeycloakDistribution(Path distribution, Path realm, String key) {
        this.distribution = distribution;
        this.realm = realm;
        this.key = key;
    }

    static KeycloakDistribution here() throws IOException {
        Path target = RepositoryRoot.infra("keycloak", "target");
        Path realm = RepositoryRoot.infra("keycloak", "filon-realm.json");
        Path distribution = find(target);
        return new KeycloakDistribution(distribution, realm, keyOf(distribution, realm));
    }

    private static Path find(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            try (Stream<Path> folders = Files.list(target)) {
                List<Path> found = folders.filter(folder -> Files.isRegularFile(folder.resolve("lib/quarkus-run.jar")))
                        .sorted()
                        .toList();
                if (!found.isEmpty()) {
                    return found.getLast();
                }
            }
        }
        throw new IOException("no Keycloak in " + target + ": run 'mvn -q -pl infra/keycloak generate-resources'");
    }

    private static String keyOf(Path distribution, Path realm) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(realm));
            digest.update(distribution.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Changes with the realm file, the distribution and the JVM. */
    String key() {
        return key;
    }

    /** Makes the template unless it is there. */
    private Path template() throws IOException, InterruptedException {
        return Folders.once(distribution.resolveSibling("template").resolve(key), this::makeTemplate);
    }

    /** Copies the imported database into a server's home. */
    void copyDatabase(Path home) throws IOException, InterruptedException {
        Path source = template().resolve("data");
        prepareHome(home);
        Folders.once(home.resolve("data"), next -> {
            Files.delete(next);
            Folders.copy(source, next);
        });
    }

    /** A home has its own settings and data; the programs are those of the distribution. */
    private void prepareHome(Path home) throws IOException {
        Files.createDirectories(home);
        if (Files.notExists(home.resolve("conf"))) {
            Folders.copy(distribution.resolve("conf"), home.resolve("conf"));
        }
        for (String shared : List.of("lib", "providers")) {
            Path link = home.resolve(shared);
            if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(distribution.resolve(shared))) {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, distribution.resolve(shared));
            }
        }
    }

    private void makeTemplate(Path folder) throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        prepareHome(home);
        Path imports = Files.createDirectories(home.resolve("data").resolve("import"));
        Files.copy(realm, imports.resolve("filon-realm.json"));
        Path log = folder.resolve("template.log");
        ServerProcess process = new ServerProcess(
                new ServerProcess.Plan("Keycloak's template", log, folder.resolve("template.pid"), false));
        int port = Ports.free();
        process.start(importing(home, folder, port), administrator(), home);
        KeycloakHealth health = new KeycloakHealth(port);
        process.awaitReady(health::answers, MADE_WITHIN);
        if (!process.stop("TERM", ARCHIVED_WITHIN)) {
            Files.deleteIfExists(folder.resolve(ARCHIVE)); // half of one; the server starts without
        }
        Folders.delete(imports);
        Folders.delete(home.resolve("data").resolve("tmp"));
        Files.move(home.resolve("data"), folder.resolve("data"));
        Folders.delete(home);
    }

    /** Runs with import and leaves the archive at its end. */
    private List<String> importing(Path home, Path folder, int port) throws IOException {
        return built(
                home, port, List.of("-XX:ArchiveClassesAtExit=" + folder.resolve(ARCHIVE)), List.of("--import-realm"));
    }

    /** Before its first start the distribution builds itself for its options and ends; then it can run. */
    private List<String> built(Path home, int port, List<String> jvm, List<String> options) throws IOException {
        List<String> run = command(home, port, jvm, options);
        if (isBuilt()) {
            return run;
        }
        String build = shell(command(home, port, List.of(), options));
        return List.of("/bin/sh", "-c", build + "; [ $? = " + BUILT + " ] || exit 1; exec " + shell(run));
    }

    private boolean isBuilt() throws IOException {
        Path code = distribution.resolve("lib/quarkus/generated-bytecode.jar");
        try (ZipFile jar = new ZipFile(code.toFile())) {
            ZipEntry options = jar.getEntry("META-INF/keycloak-persisted.properties");
            if (options == null) {
                return false;
            }
            Properties built = new Properties();
            built.load(jar.getInputStream(options));
            return "dev".equals(built.getProperty("kc.profile"));
        }
    }

    private static String shell(List<String> command) {
        return String.join(
                " ",
                command.stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .toList());
    }

    static Map<String, String> administrator() {
        return Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME", Keycloak.ADMIN,
                "KC_BOOTSTRAP_ADMIN_PASSWORD", Keycloak.ADMIN_PASSWORD);
    }

    /** The command of an ordinary start on a home that {@link #copyDatabase} made. */
    List<String> command(Path home, int port) throws IOException, InterruptedException {
        Path archive = template().resolve(ARCHIVE);
        // an archive that does not fit the JVM is ignored and costs only time
        return built(home, port, List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto"), List.of());
    }

    /** What bin/kc.sh would run, without the shell around it: one process, whose end is the server's end. */
    private List<String> command(Path home, int port, List<String> jvm, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                RunningJvm.java(),
                "-Xms64m",
                "-Xmx384m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                // hundreds of lines about classes that cannot be archived
                "-Xlog:disable"));
        command.addAll(jvm);
        command.addAll(List.of(
                "-Dfile.encoding=UTF-8",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-Duser.language=en",
                "-Duser.country=US",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                distribution.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start-dev",
                // H2 would write half a second after the commit, and a killed server would have lost what it had
                // confirmed
                "--db-url-properties=;WRITE_DELAY=0",
                "--http-host=127.0.0.1",
                "--http-port=" + port));
        command.addAll(options);
        return command;
    }
}

package filon.mining.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A JVM with the recorders of connections and lookups in it, and what it said so far. */
final class RecordedProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path output;
    private final Process process;

    /** @param folder an empty one, for what the process needs and says */
    RecordedProcess(Path folder, Class<?> main, String... arguments) throws IOException {
        output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agent(folder),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Dfilon.cache=off",
                "-cp",
                service(folder) + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** A jar that only names the agent, which is on the class path. */
    private static Path agent(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", ConnectionRecorder.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    /** Not among the resources of the tests: they look names up without being recorded. */
    private static Path service(Path folder) throws IOException {
        Path file = folder.resolve("META-INF/services/java.net.spi.InetAddressResolverProvider");
        Files.createDirectories(file.getParent());
        Files.writeString(file, LookupRecorder.class.getName());
        return folder;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks the process to end, and waits for that. */
    void end() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the process did not end within " + PATIENCE);
        }
    }

    /** What was recorded with this prefix, without it and without host names before addresses. */
    Set<String> recorded(String prefix) throws IOException {
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .map(what -> what.substring(Math.max(0, what.lastIndexOf('/'))))
                .collect(Collectors.toCollection(HashSet::new));
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package filon.agent.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An engine on disk: its jar, the libraries beside it, and the Java that runs them.
 *
 * <p>The engine always runs in processes of its own, because a graphics driver that crashes takes its whole process along.
 */
public record EngineInstallation(Path java, List<Path> classPath) {
    private static final List<String> JVM_OPTIONS = List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC");
    private static final int HEAP_MEBIBYTES_USUAL = 128;

    private static final Path ENV = Path.of("/usr/bin/env");

    public EngineInstallation {
        classPath = List.copyOf(classPath);
        if (classPath.isEmpty()) {
            throw new IllegalArgumentException("an engine needs a class path");
        }
    }

    /**
     * @param directory holds {@code filon-engine-*.jar} and {@code lib/}
     * @throws IOException if it holds no engine
     */
    public static EngineInstallation in(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>(jars(directory, "filon-engine-*.jar"));
        paths.removeIf(path -> path.getFileName().toString().matches(".*-(sources|javadoc|tests)\\.jar"));
        if (paths.isEmpty()) {
            throw new IOException("no engine in " + directory + ": it holds no filon-engine-*.jar");
        }
        paths.addAll(jars(directory.resolve("lib"), "*.jar"));
        return new EngineInstallation(currentJava(), paths);
    }

    /**
     * Looks for an engine from the agent's own installation upwards: {@code engine/} as installed, {@code engine/target/} as
     * built.
     */
    public static Optional<Path> nearest(Path start) {
        for (Path place = start.toAbsolutePath(); place != null; place = place.getParent()) {
            for (Path candidate : List.of(place.resolve("engine"), place.resolve("engine/target"))) {
                if (holdsEngine(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Where this agent was started from: its jar, or its class folder. */
    public static Path ownPlace() {
        return Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]);
    }

    /**
     * The argument vector that runs one of the engine's programs; never passed through a shell. Where the JDK has
     * {@code libjsig}, it is loaded first, so that no OpenCL driver takes the JVM's signal handlers.
     */
    public List<String> command(String mainClass, List<String> arguments) {
        return command(HEAP_MEBIBYTES_USUAL, mainClass, arguments);
    }

    /** The same, with room for more. */
    public List<String> command(int heapMebibytes, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(withSignalChaining());
        command.add(java.toString());
        command.addAll(JVM_OPTIONS);
        command.add("-Xmx" + heapMebibytes + "m");
        command.add("-cp");
        command.add(String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        command.add(mainClass);
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** What the program below replaces itself by keeps its process id. */
    private List<String> withSignalChaining() {
        Path library = java.resolveSibling("../lib/libjsig.so").normalize();
        return Files.isRegularFile(library) && Files.isExecutable(ENV)
                ? List.of(ENV.toString(), "LD_PRELOAD=" + library)
                : List.of();
    }

    public static Path currentJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static boolean holdsEngine(Path directory) {
        try {
            in(directory);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> jars(Path directory, String pattern) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, pattern)) {
            entries.forEach(found::add);
        }
        Path[] sorted = found.toArray(Path[]::new);
        Arrays.sort(sorted);
        return List.of(sorted);
    }
}

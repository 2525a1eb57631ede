package filon.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One process of ours: started in its own session so that a Ctrl-C reaches the supervisor alone, its lines shown with a
 * prefix and kept on disk, its settings in {@code config/application.properties} below its own directory.
 */
public final class Service implements Part {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final int LAST_LINES = 15;
    private final String name;
    private final Path directory;
    private final List<String> command;
    private final Ready ready;
    private final Duration patience;
    private final Duration farewell;
    private final Console console;
    private final LeftOvers leftOvers;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private Process process;

    /** Whether the process does its work; called again and again until it does. */
    @FunctionalInterface
    public interface Ready {
        boolean isReady() throws IOException, InterruptedException;
    }

    /**
     * What a service is, apart from the platform it lives in.
     *
     * @param patience until it is ready
     * @param farewell that it has after SIGTERM
     */
    public record Plan(
            String name, Path directory, List<String> command, Ready ready, Duration patience, Duration farewell) {
        private static final Duration FAREWELL_USUAL = Duration.ofSeconds(12);

        public Plan(String name, Path directory, List<String> command, Ready ready, Duration patience) {
            this(name, directory, command, ready, patience, FAREWELL_USUAL);
        }
    }

    Service(Plan plan, Console console, LeftOvers leftOvers) {
        this.name = plan.name();
        this.directory = plan.directory();
        this.command = List.copyOf(plan.command());
        this.ready = plan.ready();
        this.patience = plan.patience();
        this.farewell = plan.farewell();
        this.console = console;
        this.leftOvers = leftOvers;
    }

    /** Writes the settings file, readable by the owner alone. */
    static void configure(Path directory, Map<String, String> settings) throws IOException {
        Path config = Files.createDirectories(directory.resolve("config"));
        StringBuilder text = new StringBuilder("# written by infra/up at each start\n");
        new TreeMap<>(settings).forEach((key, value) -> text.append(key)
                .append('=')
                .append(value.replace("\\", "\\\\"))
                .append('\n'));
        Path file = config.resolve("application.properties");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        List<String> detached = new java.util.ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            detached.add("/usr/bin/setsid");
        }
        detached.addAll(command);
        process = new ProcessBuilder(detached)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        leftOvers.remember(name, process.toHandle());
        Process started = process;
        Thread reader = Thread.ofVirtual().name("log-" + name).start(() -> pump(started));
        awaitReady(started, reader);
    }

    private void awaitReady(Process started, Thread reader) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isReadyNow()) {
            if (!started.isAlive()) {
                // why it ended may still be on its way; a child that lives on keeps the pipe open, so not for ever
                reader.join(LAST_WORDS);
                throw new IOException(
                        name + " ended with exit code " + started.exitValue() + " while starting" + tail());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(name + " was not ready after " + patience.toSeconds() + " s" + tail());
            }
            started.waitFor(150, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isReadyNow() throws InterruptedException {
        try {
            return ready.isReady();
        } catch (IOException e) {
            return false;
        }
    }

    private String tail() {
        synchronized (lastLines) {
            return "; its last lines:\n  " + String.join("\n  ", lastLines);
        }
    }

    private void pump(Process started) {
        Path log = directory.resolve(name + ".log");
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
                Writer disk = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            String line = lines.readLine();
            while (line != null) {
                disk.write(line + "\n");
                disk.flush();
                remember(line);
                console.line(name, line);
                line = lines.readLine();
            }
        } catch (IOException e) {
            console.line(name, "its output cannot be read any more: " + e.getMessage());
        }
    }

    private void remember(String line) {
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > LAST_LINES) {
                lastLines.removeFirst();
            }
        }
    }

    @Override
    public void stop() {
        if (process == null || !process.isAlive()) {
            return;
        }
        process.toHandle().destroy();
        try {
            if (!process.waitFor(farewell)) {
                console.line(name, "did not stop within " + farewell.toSeconds() + " s, killing it");
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    @Override
    public void kill() {
        if (process != null) {
            process.toHandle().destroyForcibly();
            process.onExit().join();
        }
    }

    @Override
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public long pid() {
        return process.pid();
    }
}

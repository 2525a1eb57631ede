package filon.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One server in its own operating system process.
 *
 * <p>It runs in a session of its own, so a Ctrl-C in the terminal reaches the supervisor alone. Its pid is on disk with its
 * start time: who comes later, in another JVM or another class loader, finds the process again or ends it. Unless
 * {@linkplain Plan#supervised supervised}, it is killed when this JVM ends.
 */
public final class ServerProcess {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int LAST_LINES = 15;
    private static final Duration PROBE_PAUSE = Duration.ofMillis(50);
    private static final Duration DEATH_BOUND = Duration.ofSeconds(10);
    private static final Duration SIGNAL_BOUND = Duration.ofSeconds(10);

    private final Plan plan;
    private Optional<ProcessHandle> handle = Optional.empty();

    /**
     * What to run.
     *
     * @param name for messages
     * @param pidFile remembers the process
     * @param supervised true if somebody else ends the process with this JVM, in an order of his own
     */
    public record Plan(String name, Path log, Path pidFile, boolean supervised) {}

    /** Whether the server does its work; an {@link IOException} means not yet. */
    @FunctionalInterface
    public interface Probe {
        boolean isReady() throws IOException, InterruptedException;
    }

    /** Finds the process again if the pid file names a living one. */
    public ServerProcess(Plan plan) {
        this.plan = plan;
        this.handle = PidFile.read(plan.pidFile());
    }

    /** Starts the command; what an earlier start left alive is killed before. */
    public void start(List<String> command, Map<String, String> environment, Path directory) throws IOException {
        kill();
        Files.createDirectories(plan.log().toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(inOwnSession(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        handle = Optional.of(process.toHandle());
        PidFile.write(plan.pidFile(), process.toHandle());
        if (!plan.supervised()) {
            DeathWithJvm.of(this);
        }
    }

    private static List<String> inOwnSession(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        return Stream.concat(Stream.of(SETSID.toString()), command.stream()).toList();
    }

    /**
     * Returns when the probe says so.
     *
     * @throws IOException if the process ends or time runs out before; the message has the log's last lines
     */
    public void awaitReady(Probe probe, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        IOException last = null;
        while (true) {
            try {
                if (probe.isReady()) {
                    return;
                }
            } catch (IOException e) {
                last = e;
            }
            if (endsWithin(PROBE_PAUSE)) {
                throw failure("ended while starting", last);
            }
            if (System.nanoTime() > deadline) {
                throw failure("was not ready after " + patience.toSeconds() + " s", last);
            }
        }
    }

    /** An exception that says what happened and shows the end of the log. */
    public IOException failure(String what, IOException cause) {
        String why = cause == null ? "" : " (" + cause.getMessage() + ")";
        return new IOException(
                plan.name() + " " + what + why + "; the end of " + plan.log() + ":\n  "
                        + String.join("\n  ", lastLines()),
                cause);
    }

    public boolean isAlive() {
        return handle.filter(ProcessHandle::isAlive).isPresent();
    }

    /** @throws IllegalStateException if it was never started */
    public long pid() {
        return handle.orElseThrow(() -> new IllegalStateException(plan.name() + " was never started"))
                .pid();
    }

    /**
     * Asks with a signal, waits, and kills what is left.
     *
     * @param signal for example TERM or INT
     * @return true if it ended by itself
     */
    public boolean stop(String signal, Duration patience) {
        boolean ended = true;
        if (isAlive()) {
            ask(signal);
            ended = endsWithin(patience);
        }
        kill();
        return ended;
    }

    /** The usual way needs no process of its own, whose end would be one thing more to wait for. */
    private void ask(String signal) {
        if (signal.equals("TERM")) {
            handle.ifPresent(ProcessHandle::destroy);
        } else {
            signal(signal);
        }
    }

    /**
     * Sends a signal, for example STOP and CONT in tests of silence.
     *
     * @throws IllegalStateException if that takes longer than ten seconds
     */
    public void signal(String signal) {
        try {
            Process sender = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!sender.waitFor(SIGNAL_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.destroyForcibly();
                throw new IllegalStateException(
                        plan.name() + " could not be sent " + signal + " within " + SIGNAL_BOUND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(plan.name() + " could not be sent " + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL for the process and all below it; returns when they are gone. Nothing happens if it does not run. */
    public void kill() {
        handle.ifPresent(ServerProcess::killTree);
        try {
            Files.deleteIfExists(plan.pidFile());
        } catch (IOException e) {
            throw new UncheckedIOException(plan.pidFile() + " cannot be deleted", e);
        }
    }

    /** SIGKILL for a process and all below it; returns when they are gone. */
    public static void killTree(ProcessHandle root) {
        List<ProcessHandle> all = new ArrayList<>();
        all.add(root);
        // the list is taken first: children of a dead parent are no longer found below it
        root.descendants().forEach(all::add);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(ServerProcess::awaitDeath);
    }

    private static void awaitDeath(ProcessHandle process) {
        if (!endsWithin(process, DEATH_BOUND)) {
            throw new IllegalStateException("process " + process.pid() + " survived SIGKILL for " + DEATH_BOUND);
        }
    }

    private boolean endsWithin(Duration patience) {
        return handle.map(process -> endsWithin(process, patience)).orElse(true);
    }

    private static boolean endsWithin(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("process " + process.pid() + " cannot be awaited", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private List<String> lastLines() {
        try (Stream<String> lines = Files.lines(plan.log(), java.nio.charset.StandardCharsets.ISO_8859_1)) {
            List<String> all = lines.toList();
            return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
        } catch (IOException | UncheckedIOException e) {
            return List.of("(no log: " + e.getMessage() + ")");
        }
    }

    /** The pid and start time of a process on disk; the start time tells it from a later one with the same pid. */
    private static final class PidFile {
        static void write(Path file, ProcessHandle process) throws IOException {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(next, process.pid() + " " + startedAt(process));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        }

        static Optional<ProcessHandle> read(Path file) {
            try {
                String[] parts = Files.readString(file).strip().split(" ");
                return parts.length == 2
                        ? ProcessHandle.of(Long.parseLong(parts[0]))
                                .filter(process -> startedAt(process).equals(parts[1]))
                        : Optional.empty();
            } catch (IOException | NumberFormatException e) {
                return Optional.empty();
            }
        }

        private static String startedAt(ProcessHandle process) {
            return process.info()
                    .startInstant()
                    .map(instant -> String.valueOf(instant.toEpochMilli()))
                    .orElse("unknown");
        }
    }

    /** Kills what still runs when the JVM ends in the ordinary way. */
    private static final class DeathWithJvm {
        private static final java.util.Set<ServerProcess> LIVING = java.util.concurrent.ConcurrentHashMap.newKeySet();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVING.forEach(ServerProcess::kill), "end-servers"));
        }

        static void of(ServerProcess process) {
            LIVING.add(process);
        }
    }
}

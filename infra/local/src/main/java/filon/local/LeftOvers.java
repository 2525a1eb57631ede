package filon.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processes of this data directory, by pid and start time, on disk: a supervisor that was killed leaves them running,
 * and the next one stops them before it starts its own. Miners are not in it: the agent takes them over.
 */
final class LeftOvers {
    private static final long PATIENCE_SECONDS = 10;
    private static final int FIELDS = 4;
    private final Path file;
    private final Map<String, String> known = new LinkedHashMap<>();

    private enum Reach {
        ITSELF,
        TREE
    }

    LeftOvers(Path data) {
        this.file = data.resolve("processes");
    }

    /** To be called once the process exists; later ones are stopped before earlier ones. */
    void remember(String name, ProcessHandle process) throws IOException {
        remember(name, process, Reach.ITSELF);
    }

    /** The same for a server whose work is done by its child processes. */
    void rememberWithChildren(String name, ProcessHandle process) throws IOException {
        remember(name, process, Reach.TREE);
    }

    private synchronized void remember(String name, ProcessHandle process, Reach reach) throws IOException {
        known.remove(name);
        known.put(name, process.pid() + " " + started(process) + " " + reach);
        Path next = file.resolveSibling("processes.new");
        Files.writeString(
                next,
                known.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue() + "\n")
                        .collect(Collectors.joining()));
        Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** Stops what is still alive of an earlier run. */
    void stop(Console console) throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        for (String line : Files.readAllLines(file).reversed()) {
            String[] parts = line.split(" ");
            if (parts.length == FIELDS) {
                Optional<ProcessHandle> alive = ProcessHandle.of(Long.parseLong(parts[1]))
                        .filter(handle -> started(handle).equals(parts[2]));
                alive.ifPresent(handle -> stop(parts[0], handle, Reach.valueOf(parts[3]), console));
            }
        }
        Files.deleteIfExists(file);
    }

    private static void stop(String name, ProcessHandle process, Reach reach, Console console) {
        console.line("up", "stopping " + name + " (pid " + process.pid() + ") of an earlier run");
        List<ProcessHandle> all = Stream.concat(
                        Stream.of(process), reach == Reach.TREE ? process.descendants() : Stream.empty())
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(one -> one.onExit().join());
        }
    }

    private static String started(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .map(String::valueOf)
                .orElse("?");
    }
}

package filon.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The processes of this data directory, by pid and start time, on disk: a supervisor that was killed leaves them running,
 * and the next one stops them before it starts its own. Miners are not in it: the agent takes them over.
 */
final class LeftOvers {
    private final Path file;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    LeftOvers(Path data) {
        this.file = data.resolve("processes");
    }

    void remember(String name, ProcessHandle process) throws IOException {
        known.put(name, process.pid() + " " + started(process));
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
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ");
            if (parts.length == 3) {
                Optional<ProcessHandle> alive = ProcessHandle.of(Long.parseLong(parts[1]))
                        .filter(handle -> started(handle).equals(parts[2]));
                alive.ifPresent(handle -> stop(parts[0], handle, console));
            }
        }
        Files.deleteIfExists(file);
    }

    private static void stop(String name, ProcessHandle process, Console console) {
        console.line("up", "stopping " + name + " (pid " + process.pid() + ") of an earlier run");
        process.destroy();
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
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

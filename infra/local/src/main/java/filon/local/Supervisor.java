package filon.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps parts alive: a dead one is started again, with a pause that doubles up to 30 seconds. */
final class Supervisor {
    private static final long PAUSE_MAX_NANOS = TimeUnit.SECONDS.toNanos(30);
    private final Console console;
    private final List<Part> started = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Long> pauses = new HashMap<>();
    private final Map<String, Long> notBefore = new HashMap<>();
    private volatile boolean watching = true;
    private Thread watcher;

    Supervisor(Console console) {
        this.console = console;
    }

    /** Starts the parts at the same time and returns when all are ready. */
    void start(List<Part> parts) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> starts = new ArrayList<>();
            for (Part part : parts) {
                Callable<Void> start = () -> {
                    start(part);
                    return null;
                };
                starts.add(threads.submit(start));
            }
            for (Future<Void> start : starts) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException(e.getCause().toString(), e.getCause());
        }
    }

    private void start(Part part) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        started.add(part);
        part.start();
        console.line("up", String.format("%s is ready after %.1f s", part.name(), (System.nanoTime() - begun) / 1e9));
    }

    void watch() {
        watcher = Thread.ofPlatform().name("supervisor").daemon().start(() -> {
            while (watching) {
                List.copyOf(started).forEach(this::revive);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            }
        });
    }

    private void revive(Part part) {
        long now = System.nanoTime();
        if (part.isAlive() || !watching) {
            notBefore.remove(part.name());
            return;
        }
        Long due = notBefore.get(part.name());
        if (due == null) {
            long pause = pauses.merge(
                    part.name(),
                    TimeUnit.MILLISECONDS.toNanos(250),
                    (last, first) -> Math.min(last * 2, PAUSE_MAX_NANOS));
            console.line("up", part.name() + " has died; starting it again in " + pause / 1_000_000 + " ms");
            notBefore.put(part.name(), now + pause);
            return;
        }
        if (now >= due) {
            notBefore.remove(part.name());
            restart(part);
        }
    }

    private void restart(Part part) {
        try {
            part.start();
            console.line("up", part.name() + " is ready again");
        } catch (IOException e) {
            console.line("up", part.name() + " could not be started again: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops all parts in the reverse order of their start. */
    void stop() {
        watching = false;
        if (watcher != null) {
            try {
                LockSupport.unpark(watcher);
                watcher.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        for (Part part : List.copyOf(started).reversed()) {
            part.stop();
            console.line("up", part.name() + " has stopped");
        }
        started.clear();
    }
}

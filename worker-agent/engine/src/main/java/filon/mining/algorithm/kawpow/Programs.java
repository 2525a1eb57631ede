package filon.mining.algorithm.kawpow;

import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClProgram;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The programs of the last periods asked for, each built on a thread of its own, so that the next period's is there before
 * its first job. Belongs to the device's thread but for the building.
 */
final class Programs implements AutoCloseable {
    private static final int KEPT = 3;

    private final Function<Key, OpenClProgram> builder;
    private final ExecutorService thread;
    private final Map<Key, Future<Built>> programs = new LinkedHashMap<>(KEPT, 0.75f, true);

    Programs(Function<Key, OpenClProgram> builder) {
        this(
                builder,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("kernel-builder").daemon().factory()));
    }

    /** With another thread to build on, which is closed with these programs. */
    Programs(Function<Key, OpenClProgram> builder, ExecutorService thread) {
        this.builder = builder;
        this.thread = thread;
    }

    /** What a program is built for: a period, and the places of a dataset's pages. */
    record Key(long period, String places) {}

    /** A program and its kernel, which has its own arguments. */
    record Built(OpenClProgram program, OpenClKernel search) implements AutoCloseable {
        @Override
        public void close() {
            search.close();
            program.close();
        }
    }

    /** Begins to build, where that is not begun yet; what was asked for longest ago is given up. */
    void want(Key key) {
        programs.computeIfAbsent(
                key,
                k -> thread.submit(() -> {
                    OpenClProgram program = builder.apply(k);
                    return new Built(program, program.kernel("search"));
                }));
        if (programs.size() > KEPT) {
            Future<Built> eldest = programs.remove(programs.keySet().iterator().next());
            release(eldest);
        }
    }

    /** Waits at most so long for a wanted program; whether it is there. */
    boolean isBuilt(Key key, long millis) {
        try {
            programs.get(key).get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** @throws IllegalStateException if it is not there */
    Built get(Key key) {
        Future<Built> program = programs.get(key);
        if (program == null || program.state() != Future.State.SUCCESS) {
            throw new IllegalStateException("the program of period " + key.period() + " is not prepared");
        }
        return program.resultNow();
    }

    /** After what the thread is building now, as the context must outlive it. */
    private void release(Future<Built> program) {
        thread.execute(() -> {
            if (program.state() == Future.State.SUCCESS) {
                program.resultNow().close();
            }
        });
    }

    @Override
    public void close() {
        programs.values().forEach(this::release);
        programs.clear();
        thread.close();
    }
}

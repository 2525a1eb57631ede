package filon.mining.algorithm.dag;

import filon.mining.algorithm.Progress;
import filon.mining.opencl.OpenClContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The dataset that a device has, and, where its memory has room, that of the next epoch ahead of time. Belongs to the device's thread;
 * light caches are made on another.
 */
public final class Datasets implements AutoCloseable {
    private static final long WAIT_MILLIS = 40;
    /** The next epoch is days away mostly; what is mined now comes first. */
    private static final Duration AHEAD_AFTER = Duration.ofMinutes(5);

    private static final Duration AHEAD_STEP_EVERY = Duration.ofMillis(500);
    private static final long MEMORY_LEFT_ALONE = 256L << 20;

    private final OpenClContext context;
    private final LightCaches caches;
    private final DatasetForm form;
    private Making making;
    private Dataset dataset;
    private Optional<CompletableFuture<LightCache>> cacheAhead = Optional.empty();
    private Optional<Dataset> ahead = Optional.empty();
    private Optional<Dataset> aheadOf = Optional.empty();
    private long aheadNanos;
    private boolean isComplete;

    public Datasets(OpenClContext context, LightCaches caches, DatasetForm form) {
        this.context = context;
        this.caches = caches;
        this.form = form;
    }

    private record Making(Epoch epoch, CompletableFuture<LightCache> cache) {}

    /** One step towards this epoch's dataset; that of another epoch is given up first. */
    public Progress prepare(Epoch epoch) {
        if (dataset != null && dataset.epoch().equals(epoch) && isComplete) {
            return dataset.isReady() ? Progress.READY : dataset.makeSome();
        }
        if (ahead.filter(next -> next.epoch().equals(epoch)).isPresent()) {
            Dataset next = ahead.get();
            ahead = Optional.empty();
            drop();
            dataset = next;
            isComplete = true;
            return dataset.isReady() ? Progress.READY : dataset.makeSome();
        }
        if (making != null && !making.epoch.equals(epoch) && making.cache.isDone()) {
            making = null;
        }
        // one at a time: a pool that names another epoch with each job would have as many caches made at once
        if (making == null) {
            making = new Making(epoch, CompletableFuture.supplyAsync(() -> caches.of(epoch)));
        }
        try {
            LightCache cache = making.cache.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            making = null;
            if (cache.epoch().equals(epoch)) {
                open(cache);
                isComplete = true;
            }
        } catch (TimeoutException e) {
            // asked again with the next step
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("making the light cache of epoch " + epoch.number(), e.getCause());
        }
        return new Progress("light cache of epoch " + epoch.number(), 0, 1);
    }

    /**
     * Takes a step now and then towards the dataset of the next epoch, beside the one in use, where memory has room for both.
     *
     * @param nowNanos on a monotonic clock
     */
    public void prepareAhead(Epoch next, long nowNanos) {
        if (dataset == null
                || !isComplete
                || !dataset.isReady()
                || dataset.epoch().equals(next)) {
            return;
        }
        if (!aheadOf.equals(Optional.of(dataset))) {
            aheadOf = Optional.of(dataset);
            aheadNanos = nowNanos + AHEAD_AFTER.toNanos();
        }
        if (nowNanos - aheadNanos < 0) {
            return;
        }
        aheadNanos = nowNanos + AHEAD_STEP_EVERY.toNanos();
        if (ahead.filter(made -> !made.epoch().equals(next)).isPresent()) {
            closeAhead();
        }
        if (ahead.isPresent()) {
            makeAhead(ahead.get());
        } else if (context.memoryBytesLeft() > next.datasetBytes() + next.cacheBytes() + MEMORY_LEFT_ALONE) {
            openAhead(next);
        }
    }

    private static void makeAhead(Dataset next) {
        if (!next.isReady()) {
            next.makeSome();
        }
    }

    private void openAhead(Epoch next) {
        if (cacheAhead.isEmpty()) {
            cacheAhead = Optional.of(CompletableFuture.supplyAsync(() -> caches.of(next)));
        } else if (cacheAhead.get().isDone()) {
            LightCache cache = cacheAhead.get().join();
            cacheAhead = Optional.empty();
            ahead = Optional.of(cache)
                    .filter(made -> made.epoch().equals(next))
                    .map(made -> new Dataset(context, made, form));
        }
    }

    /** Whether the dataset of this epoch lies there ahead of time. */
    boolean isAheadFor(Epoch epoch) {
        return ahead.filter(next -> next.epoch().equals(epoch) && next.isReady())
                .isPresent();
    }

    /** A dataset of this epoch in which only what is written by the caller is right. */
    public void prepareOnly(Epoch epoch, Consumer<Dataset> writer) {
        if (dataset == null || !dataset.epoch().equals(epoch)) {
            open(caches.of(epoch));
        }
        isComplete = false;
        writer.accept(dataset);
    }

    private void open(LightCache cache) {
        closeAhead();
        drop();
        dataset = new Dataset(context, cache, form);
    }

    /** @throws IllegalStateException if this epoch was not prepared */
    public Dataset readyFor(Epoch epoch) {
        if (dataset == null || !dataset.epoch().equals(epoch) || isComplete && !dataset.isReady()) {
            throw new IllegalStateException("epoch " + epoch.number() + " is not prepared on " + context.deviceName());
        }
        return dataset;
    }

    /** As {@link filon.mining.algorithm.Searcher#inspect}. */
    public Optional<String> inspect(long nowNanos) {
        return dataset == null || !isComplete ? Optional.empty() : dataset.inspect(nowNanos);
    }

    private void closeAhead() {
        ahead.ifPresent(Dataset::close);
        ahead = Optional.empty();
    }

    /** Gives the dataset up. */
    public void drop() {
        if (dataset != null) {
            dataset.close();
            dataset = null;
        }
    }

    @Override
    public void close() {
        closeAhead();
        drop();
    }
}

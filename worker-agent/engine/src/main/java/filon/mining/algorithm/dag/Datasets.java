package filon.mining.algorithm.dag;

import filon.mining.algorithm.Progress;
import filon.mining.opencl.OpenClContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The dataset that a device has, for one epoch at a time. Belongs to the device's thread; light caches are made on another. */
public final class Datasets implements AutoCloseable {
    private static final long WAIT_MILLIS = 40;

    private final OpenClContext context;
    private final LightCaches caches;
    private final DatasetForm form;
    private Making making;
    private Dataset dataset;
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
        if (making == null || !making.epoch.equals(epoch)) {
            making = new Making(epoch, CompletableFuture.supplyAsync(() -> caches.of(epoch)));
        }
        try {
            LightCache cache = making.cache.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            making = null;
            open(cache);
            isComplete = true;
        } catch (TimeoutException e) {
            // asked again with the next step
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("making the light cache of epoch " + epoch.number(), e.getCause());
        }
        return new Progress("light cache of epoch " + epoch.number(), 0, 1);
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

    /** Gives the dataset up. */
    public void drop() {
        if (dataset != null) {
            dataset.close();
            dataset = null;
        }
    }

    @Override
    public void close() {
        drop();
    }
}

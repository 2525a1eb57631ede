package filon.mining.algorithm.dag;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The light caches of the last epochs asked for; each is computed once, by the first who asks. Safe for any thread. */
public final class LightCaches {
    private static final int KEPT = 2;

    private final Map<Epoch, FutureTask<LightCache>> caches = new LinkedHashMap<>(KEPT, 0.75f, true);

    public LightCache of(Epoch epoch) {
        FutureTask<LightCache> task = task(epoch);
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while the light cache of epoch " + epoch.number() + " is made", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("making the light cache of epoch " + epoch.number(), e.getCause());
        }
    }

    private synchronized FutureTask<LightCache> task(Epoch epoch) {
        FutureTask<LightCache> task = caches.computeIfAbsent(epoch, e -> new FutureTask<>(() -> LightCache.of(e)));
        while (caches.size() > KEPT) {
            caches.remove(caches.keySet().iterator().next());
        }
        return task;
    }
}

package filon.mining.algorithm.ethash;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.SearchSlots;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.dag.Dataset;
import filon.mining.dag.Epoch;
import filon.mining.dag.LightCache;
import filon.mining.dag.LightCaches;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClProgram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The kernels of {@code ethash.cl} on one device, with the dataset of one epoch. */
final class EthashSearcher implements Searcher {
    private static final int JOB_WORDS = 16;
    private static final int PARENTS = 256;
    private static final int TEAM = 4;
    private static final int ITEMS_MAX = 8;
    private static final long BATCH_LENGTH_MAX = 1L << 26;
    private static final long WAIT_MILLIS = 40;

    private final OpenClContext context;
    private final String source;
    private final SearchTuning tuning;
    private final EpochRule rule;
    private final LightCaches caches;
    private final long pieceBytesMax;
    private final SearchSlots slots;
    private Kernels kernels;
    private Making making;
    private Dataset dataset;
    private Epoch readyOnlyFor;

    EthashSearcher(OpenClContext context, String source, SearchTuning tuning, EpochRule rule, LightCaches caches) {
        this(context, source, tuning, rule, caches, context.description().allocationBytesMax());
    }

    EthashSearcher(
            OpenClContext context,
            String source,
            SearchTuning tuning,
            EpochRule rule,
            LightCaches caches,
            long pieceBytesMax) {
        requireBuildable(tuning);
        this.context = context;
        this.source = source;
        this.tuning = tuning;
        this.rule = rule;
        this.caches = caches;
        this.pieceBytesMax = pieceBytesMax;
        this.kernels = new Kernels(1, 0);
        this.slots = new SearchSlots(context, JOB_WORDS);
    }

    private static void requireBuildable(SearchTuning tuning) {
        boolean isTeamwork = tuning.vectorWidth() == 1;
        boolean isBuildable = isTeamwork
                ? tuning.workGroupSize() >= TEAM && tuning.itemsPerThread() == 1
                : tuning.vectorWidth() >= 8 && tuning.itemsPerThread() <= ITEMS_MAX;
        if (!isBuildable) {
            throw new IllegalArgumentException(
                    "ethash with tuning " + tuning + "; it has vector width 1 in groups of at least " + TEAM
                            + " with 1 item per thread, and 8 or 16 with up to " + ITEMS_MAX);
        }
    }

    /** The program for a dataset in so many pieces. */
    private final class Kernels implements AutoCloseable {
        private final int pieces;
        private final int shift;
        private final OpenClProgram program;
        private final OpenClKernel search;
        private final OpenClKernel build;

        Kernels(int pieces, int shift) {
            this.pieces = pieces;
            this.shift = shift;
            program = context.build(
                    source,
                    Dataset.options(hashesPerItem(), PARENTS, pieces, shift) + " -D GROUP_SIZE=" + tuning.workGroupSize()
                            + " -D HIT_CAPACITY=" + SearchSlots.HIT_CAPACITY + " " + tuning.compilerOptions());
            search = program.kernel("search");
            build = program.kernel("build_dataset");
        }

        @Override
        public void close() {
            search.close();
            build.close();
            program.close();
        }
    }

    /** The light cache that is being made on another thread. */
    private record Making(Epoch epoch, CompletableFuture<LightCache> cache) {}

    private int hashesPerItem() {
        return tuning.vectorWidth() == 1 ? 1 : tuning.vectorWidth() * tuning.itemsPerThread();
    }

    @Override
    public Progress prepare(Header header) {
        Epoch epoch = rule.at(header.height());
        if (dataset != null && dataset.epoch().equals(epoch) && readyOnlyFor == null) {
            return dataset.isReady() ? Progress.READY : dataset.makeSome(kernels.build);
        }
        Progress begun = new Progress("light cache of epoch " + epoch.number(), 0, 1);
        if (making == null || !making.epoch.equals(epoch)) {
            making = new Making(epoch, CompletableFuture.supplyAsync(() -> caches.of(epoch)));
        }
        try {
            LightCache cache = making.cache.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            making = null;
            open(cache);
            return begun;
        } catch (TimeoutException e) {
            return begun;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return begun;
        } catch (ExecutionException e) {
            throw new IllegalStateException("making the light cache of epoch " + epoch.number(), e.getCause());
        }
    }

    @Override
    public void prepareOnly(Header header, NonceRange range) {
        LightCache cache = caches.of(rule.at(header.height()));
        if (dataset == null || !dataset.epoch().equals(cache.epoch())) {
            open(cache);
        }
        readyOnlyFor = cache.epoch();
        for (int i = 0; i < range.count(); i++) {
            Hashimoto.digest(cache, header.prefix(), range.first() + i, dataset::write);
        }
    }

    /** Makes room for a dataset and takes the kernels for as many pieces as it has. */
    private void open(LightCache cache) {
        distrust();
        dataset = new Dataset(context, cache, pieceBytesMax, hashesPerItem(), tuning.workGroupSize());
        int pieces = dataset.table().pieceCount();
        int shift = pieces == 1 ? 0 : dataset.table().shift();
        if (kernels.pieces != pieces || kernels.shift != shift) {
            kernels.close();
            kernels = new Kernels(pieces, shift);
        }
    }

    @Override
    public void distrust() {
        if (dataset != null) {
            dataset.close();
            dataset = null;
        }
        readyOnlyFor = null;
    }

    @Override
    public Batch submit(Work work, NonceRange range) {
        Epoch epoch = rule.at(work.header().height());
        if (range.count() > BATCH_LENGTH_MAX) {
            throw new IllegalArgumentException("batch of " + range.count() + " nonces exceeds " + BATCH_LENGTH_MAX
                    + " on " + context.deviceName());
        }
        boolean isPrepared =
                dataset != null && dataset.epoch().equals(epoch) && (dataset.isReady() || epoch.equals(readyOnlyFor));
        if (!isPrepared) {
            throw new IllegalStateException("epoch " + epoch.number() + " is not prepared on " + context.deviceName());
        }
        return slots.queue(range, words -> write(work, words), (job, hits) -> {
            OpenClKernel search = kernels.search;
            search.setBuffer(0, job);
            search.setBuffer(1, hits);
            search.setLong(2, range.first());
            search.setWord(3, (int) range.count());
            search.setWord(4, epoch.datasetPages());
            search.setWord(5, Dataset.reciprocal(epoch.datasetPages()));
            dataset.table().setArguments(search, 6);
            return search.launch(
                    Math.ceilDiv(range.count(), granularity()) * tuning.workGroupSize(), tuning.workGroupSize());
        });
    }

    /** The header's hash as it lies in memory, then the target as four numbers, most significant first. */
    private static void write(Work work, IntBuffer words) {
        ByteBuffer header = ByteBuffer.wrap(work.header().prefix()).order(ByteOrder.LITTLE_ENDIAN);
        words.put(header.asIntBuffer());
        ByteBuffer target = ByteBuffer.wrap(work.target().bytes());
        while (target.hasRemaining()) {
            long number = target.getLong();
            words.put((int) number);
            words.put((int) (number >>> 32));
        }
    }

    @Override
    public int granularity() {
        return hashesPerItem() * tuning.workGroupSize();
    }

    @Override
    public long batchLengthMax() {
        return BATCH_LENGTH_MAX;
    }

    @Override
    public void close() {
        slots.close();
        distrust();
        kernels.close();
    }
}

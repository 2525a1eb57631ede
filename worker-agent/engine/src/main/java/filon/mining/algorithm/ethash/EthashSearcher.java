package filon.mining.algorithm.ethash;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.SearchSlots;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.algorithm.dag.Dataset;
import filon.mining.algorithm.dag.Datasets;
import filon.mining.algorithm.dag.Epoch;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClProgram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Optional;

/** The kernel {@code ethash.cl} on one device, with the dataset of one epoch. */
final class EthashSearcher implements Searcher {
    private static final int JOB_WORDS = 16;
    private static final int TEAM = 4;
    private static final int ITEMS_MAX = 8;
    private static final long BATCH_LENGTH_MAX = 1L << 26;
    private static final String ONE_PIECE = "-D PIECE_COUNT=1 -D PIECE_SHIFT=0";

    private final OpenClContext context;
    private final String source;
    private final SearchTuning tuning;
    private final EpochRule rule;
    private final Datasets datasets;
    private final SearchSlots slots;
    private final boolean isGuest;
    private Built built;

    EthashSearcher(OpenClContext context, String source, SearchTuning tuning, EpochRule rule, Datasets datasets) {
        requireBuildable(tuning);
        this.context = context;
        this.source = source;
        this.tuning = tuning;
        this.rule = rule;
        this.datasets = datasets;
        this.slots = new SearchSlots(context, JOB_WORDS, EthashSearcher::write);
        this.isGuest = false;
        this.built = build(ONE_PIECE);
    }

    /** On the dataset of another. */
    private EthashSearcher(EthashSearcher host, SearchTuning tuning) {
        requireBuildable(tuning);
        this.context = host.context;
        this.source = host.source;
        this.tuning = tuning;
        this.rule = host.rule;
        this.datasets = host.datasets;
        this.slots = new SearchSlots(context, JOB_WORDS, EthashSearcher::write);
        this.isGuest = true;
        this.built = build(ONE_PIECE);
    }

    @Override
    public Optional<Searcher> retuned(SearchTuning other) {
        return Optional.of(new EthashSearcher(this, other));
    }

    private static void requireBuildable(SearchTuning tuning) {
        boolean isTeamwork = tuning.vectorWidth() == 1;
        boolean isBuildable = isTeamwork
                ? tuning.workGroupSize() >= TEAM && tuning.itemsPerThread() == 1
                : tuning.vectorWidth() >= 8 && tuning.itemsPerThread() <= ITEMS_MAX;
        if (!isBuildable) {
            throw new IllegalArgumentException("ethash with tuning " + tuning
                    + "; it has vector width 1 in groups of at least " + TEAM
                    + " with 1 item per thread, and 8 or 16 with up to " + ITEMS_MAX);
        }
    }

    /** A program, and the places of pages it was built for. */
    private record Built(String places, OpenClProgram program, OpenClKernel search) implements AutoCloseable {
        @Override
        public void close() {
            search.close();
            program.close();
        }
    }

    private Built build(String places) {
        OpenClProgram program = context.build(
                source,
                places + " -D HASHES=" + hashesPerItem() + " -D GROUP_SIZE=" + tuning.workGroupSize() + " "
                        + tuning.compilerOptions());
        return new Built(places, program, program.kernel("search"));
    }

    private int hashesPerItem() {
        return tuning.vectorWidth() == 1 ? 1 : tuning.vectorWidth() * tuning.itemsPerThread();
    }

    @Override
    public Progress prepare(Header header) {
        return datasets.prepare(rule.at(header.height()));
    }

    @Override
    public void prepareAhead(Header header, long nowNanos) {
        datasets.prepareAhead(rule.after(header.height()), nowNanos);
    }

    @Override
    public void prepareOnly(Header header, NonceRange range) {
        datasets.prepareOnly(rule.at(header.height()), dataset -> {
            for (int i = 0; i < range.count(); i++) {
                Hashimoto.digest(dataset.cache(), header.prefix(), range.first() + i, dataset::write);
            }
        });
    }

    @Override
    public Object basis(Header header) {
        return rule.at(header.height());
    }

    @Override
    public Optional<String> inspect(long nowNanos) {
        return datasets.inspect(nowNanos);
    }

    @Override
    public void distrust() {
        datasets.drop();
    }

    @Override
    public Batch submit(Work work, NonceRange range) {
        if (range.count() > BATCH_LENGTH_MAX) {
            throw new IllegalArgumentException("batch of " + range.count() + " nonces exceeds " + BATCH_LENGTH_MAX
                    + " on " + context.deviceName());
        }
        Dataset dataset = datasets.readyFor(rule.at(work.header().height()));
        if (!built.places.equals(dataset.table().options())) {
            built.close();
            built = build(dataset.table().options());
        }
        OpenClKernel search = built.search;
        return slots.queue(work, range, search, ready -> {
            Epoch epoch = dataset.epoch();
            search.setLong(4, range.first());
            search.setWord(5, (int) range.count());
            search.setWord(6, epoch.datasetPages());
            search.setWord(7, Dataset.reciprocal(epoch.datasetPages()));
            dataset.table().setArguments(search, 8);
            return search.launchAfter(
                    ready, Math.ceilDiv(range.count(), granularity()) * tuning.workGroupSize(), tuning.workGroupSize());
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
    public void giveUpBelow(int serial) {
        slots.giveUpBelow(serial);
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
        if (!isGuest) {
            datasets.close();
        }
        built.close();
    }
}

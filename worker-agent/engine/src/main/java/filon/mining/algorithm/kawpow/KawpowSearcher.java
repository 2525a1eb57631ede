package filon.mining.algorithm.kawpow;

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
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClKernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The kernel {@code kawpow.cl} on one device, with the dataset of one epoch and the programs of this period and the next. */
final class KawpowSearcher implements Searcher {
    private static final int JOB_WORDS = 16;
    private static final long BATCH_LENGTH_MAX = 1L << 26;
    private static final long WAIT_MILLIS = 40;

    private final OpenClContext context;
    private final SearchTuning tuning;
    private final ProgPowRules rules;
    private final Datasets datasets;
    private final SearchSlots slots;
    private final Function<SearchTuning, Programs> programsOf;
    private final Programs programs;
    private final boolean isGuest;

    /** @param programsOf what builds a tuning's programs */
    KawpowSearcher(
            OpenClContext context,
            SearchTuning tuning,
            ProgPowRules rules,
            Datasets datasets,
            Function<SearchTuning, Programs> programsOf) {
        requireBuildable(tuning);
        this.context = context;
        this.tuning = tuning;
        this.rules = rules;
        this.datasets = datasets;
        this.slots = new SearchSlots(context, JOB_WORDS, KawpowSearcher::write);
        this.programsOf = programsOf;
        this.programs = programsOf.apply(tuning);
        this.isGuest = false;
    }

    /** On the dataset of another, and for one period: nothing is built ahead beside what is measured. */
    private KawpowSearcher(KawpowSearcher host, SearchTuning tuning) {
        requireBuildable(tuning);
        this.context = host.context;
        this.tuning = tuning;
        this.rules = host.rules;
        this.datasets = host.datasets;
        this.slots = new SearchSlots(context, JOB_WORDS, KawpowSearcher::write);
        this.programsOf = host.programsOf;
        this.programs = programsOf.apply(tuning);
        this.isGuest = true;
    }

    @Override
    public Optional<Searcher> retuned(SearchTuning other) {
        return Optional.of(new KawpowSearcher(this, other));
    }

    private static void requireBuildable(SearchTuning tuning) {
        boolean isTeamwork = tuning.vectorWidth() == 1;
        boolean isBuildable = tuning.itemsPerThread() == 1
                && (isTeamwork ? tuning.workGroupSize() >= ProgPowRules.LANES : tuning.vectorWidth() == 16);
        if (!isBuildable) {
            throw new IllegalArgumentException("kawpow with tuning " + tuning
                    + "; it has 1 item per thread, and vector width 16, or 1 in groups of at least "
                    + ProgPowRules.LANES);
        }
    }

    @Override
    public Progress prepare(Header header) {
        Progress progress = datasets.prepare(rules.epochAt(header.height()));
        if (!progress.isReady()) {
            return progress;
        }
        Programs.Key key = key(header.height());
        programs.want(key);
        if (!programs.isBuilt(key, WAIT_MILLIS)) {
            return new Progress("program of period " + key.period(), 0, 1);
        }
        if (!isGuest) {
            programs.want(new Programs.Key(key.period() + 1, key.places()));
        }
        return Progress.READY;
    }

    @Override
    public void prepareAhead(Header header, long nowNanos) {
        datasets.prepareAhead(rules.epochAt(header.height() + rules.epochLength()), nowNanos);
    }

    @Override
    public void prepareOnly(Header header, NonceRange range) {
        RandomProgram program = RandomProgram.of(rules, rules.periodAt(header.height()));
        datasets.prepareOnly(rules.epochAt(header.height()), dataset -> {
            int cachePages = ProgPowRules.CACHE_WORDS * Integer.BYTES / 128;
            for (int page = 0; page < cachePages; page++) {
                dataset.write(page);
            }
            ProgPowReference reference = ProgPowReference.of(rules, dataset.cache());
            for (int i = 0; i < range.count(); i++) {
                reference.digest(program, header.prefix(), range.first() + i, item -> {
                    dataset.write(2 * item);
                    dataset.write(2 * item + 1);
                });
            }
        });
        Programs.Key key = key(header.height());
        programs.want(key);
        boolean isBuilt;
        do {
            isBuilt = programs.isBuilt(key, WAIT_MILLIS);
        } while (!isBuilt);
    }

    private Programs.Key key(long height) {
        return new Programs.Key(
                rules.periodAt(height),
                datasets.readyFor(rules.epochAt(height)).table().options());
    }

    /** Both by number, as the program's pieces follow from the epoch. */
    @Override
    public Object basis(Header header) {
        return List.of(rules.epochAt(header.height()), rules.periodAt(header.height()));
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
        long height = work.header().height();
        Dataset dataset = datasets.readyFor(rules.epochAt(height));
        OpenClKernel search = programs.get(key(height)).search();
        int items = ProgPowRules.items(dataset.epoch());
        return slots.queue(work, range, search, ready -> {
            search.setLong(4, range.first());
            search.setWord(5, (int) range.count());
            search.setWord(6, items);
            search.setWord(7, Dataset.reciprocal(items));
            dataset.table().setArguments(search, 8);
            return search.launchAfter(
                    ready, Math.ceilDiv(range.count(), granularity()) * tuning.workGroupSize(), tuning.workGroupSize());
        });
    }

    /** The header's hash as it lies in memory, then the target, most significant word first. */
    private static void write(Work work, IntBuffer words) {
        words.put(ByteBuffer.wrap(work.header().prefix())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer());
        words.put(ByteBuffer.wrap(work.target().bytes()).asIntBuffer());
    }

    @Override
    public void giveUpBelow(int serial) {
        slots.giveUpBelow(serial);
    }

    @Override
    public int granularity() {
        return tuning.vectorWidth() * tuning.workGroupSize();
    }

    @Override
    public long batchLengthMax() {
        return BATCH_LENGTH_MAX;
    }

    @Override
    public void close() {
        slots.close();
        programs.close();
        if (!isGuest) {
            datasets.close();
        }
    }
}

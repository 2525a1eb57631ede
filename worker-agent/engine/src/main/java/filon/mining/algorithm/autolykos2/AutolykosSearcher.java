package filon.mining.algorithm.autolykos2;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.SearchSlots;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClProgram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * The kernels of {@code autolykos2.cl} on one device, with the table of one height, and, where its memory has room, that of the next
 * height on its way.
 */
final class AutolykosSearcher implements Searcher {
    private static final int JOB_WORDS = 16;
    private static final int ITEMS_MAX = 8;
    private static final long BATCH_LENGTH_MAX = 1L << 26;
    /** Blocks come every two minutes. */
    private static final Duration AHEAD_STEP_EVERY = Duration.ofMillis(200);

    private static final long MEMORY_LEFT_ALONE = 256L << 20;
    private static final String ONE_PIECE = "-D PIECE_COUNT=1 -D PIECE_SHIFT=0";

    private final OpenClContext context;
    private final String source;
    private final SearchTuning tuning;
    private final TableSize sizes;
    private final long pieceBytesMax;
    private final SearchSlots slots;
    private final Optional<AutolykosSearcher> host;
    private Built built;
    private HeightTable table;
    private Optional<HeightTable> ahead = Optional.empty();
    private long aheadNanos;

    AutolykosSearcher(OpenClContext context, String source, SearchTuning tuning, TableSize sizes, long pieceBytesMax) {
        requireBuildable(tuning);
        this.context = context;
        this.source = source;
        this.tuning = tuning;
        this.sizes = sizes;
        this.pieceBytesMax = pieceBytesMax;
        this.slots = new SearchSlots(context, JOB_WORDS, AutolykosSearcher::write);
        this.host = Optional.empty();
        this.built = build(ONE_PIECE);
    }

    /** On the table of another. */
    private AutolykosSearcher(AutolykosSearcher host, SearchTuning tuning) {
        requireBuildable(tuning);
        this.context = host.context;
        this.source = host.source;
        this.tuning = tuning;
        this.sizes = host.sizes;
        this.pieceBytesMax = host.pieceBytesMax;
        this.slots = new SearchSlots(context, JOB_WORDS, AutolykosSearcher::write);
        this.host = Optional.of(host);
        this.built = build(host.built.places);
    }

    private static void requireBuildable(SearchTuning tuning) {
        boolean isBuildable = tuning.vectorWidth() == 1
                ? tuning.itemsPerThread() == 1
                : tuning.vectorWidth() == 8 && tuning.itemsPerThread() <= ITEMS_MAX;
        if (!isBuildable) {
            throw new IllegalArgumentException("autolykos2 with tuning " + tuning
                    + "; it has vector width 1 with 1 item per thread, or 8 with up to " + ITEMS_MAX);
        }
    }

    @Override
    public Optional<Searcher> retuned(SearchTuning other) {
        return Optional.of(new AutolykosSearcher(this, other));
    }

    /** A program, and the places of elements it was built for. */
    private record Built(String places, OpenClProgram program, OpenClKernel search, OpenClKernel build)
            implements AutoCloseable {
        @Override
        public void close() {
            search.close();
            build.close();
            program.close();
        }
    }

    private Built build(String places) {
        OpenClProgram program =
                context.build(source, places + " -D HASHES=" + hashesPerItem() + " " + tuning.compilerOptions());
        return new Built(places, program, program.kernel("search"), program.kernel("build_table"));
    }

    private int hashesPerItem() {
        return tuning.vectorWidth() * tuning.itemsPerThread();
    }

    @Override
    public Progress prepare(Header header) {
        if (host.isPresent()) {
            return preparedBy(host.get(), header);
        }
        long height = header.height();
        int size = sizes.at(height);
        if (table == null || table.size() != size) {
            open(size);
        }
        if (!table.isOf(height)) {
            turnTo(height);
        }
        return table.isReadyFor(height) ? Progress.READY : table.makeSome(built.build);
    }

    /** To what was made ahead of time where there is such; what was used until now is for the height after. */
    private void turnTo(long height) {
        if (ahead.filter(beside -> beside.isOf(height)).isPresent()) {
            HeightTable used = table;
            table = ahead.get();
            ahead = Optional.of(used);
        } else {
            table.begin(height);
        }
    }

    @Override
    public void prepareAhead(Header header, long nowNanos) {
        long next = header.height() + 1;
        boolean isItsTurn =
                host.isEmpty() && table != null && table.isReadyFor(header.height()) && nowNanos - aheadNanos >= 0;
        if (!isItsTurn || sizes.at(next) != table.size()) {
            return;
        }
        aheadNanos = nowNanos + AHEAD_STEP_EVERY.toNanos();
        long bytes = (long) table.size() * HeightTable.ITEM_BYTES;
        if (ahead.isEmpty() && context.memoryBytesLeft() > bytes + MEMORY_LEFT_ALONE) {
            ahead = Optional.of(newTable(table.size()));
        }
        ahead.ifPresent(beside -> makeSome(beside, next));
    }

    private void makeSome(HeightTable beside, long height) {
        if (!beside.isOf(height)) {
            beside.begin(height);
        }
        if (!beside.isReadyFor(height)) {
            beside.makeSome(built.build);
        }
    }

    /** The host's table is for the host's kernel to make, whose work-items make so many elements each. */
    private Progress preparedBy(AutolykosSearcher other, Header header) {
        Progress progress = other.prepare(header);
        table = other.table;
        return progress;
    }

    @Override
    public void prepareOnly(Header header, NonceRange range) {
        if (host.isPresent()) {
            host.get().prepareOnly(header, range);
            table = host.get().table;
            return;
        }
        int size = sizes.at(header.height());
        if (table == null || table.size() != size) {
            open(size);
        }
        table.beginEmpty(header.height());
        AutolykosReference reference = new AutolykosReference(header.height(), size);
        for (int i = 0; i < range.count(); i++) {
            reference.hit(header.prefix(), range.first() + i, table::write);
        }
    }

    private void open(int size) {
        distrust();
        table = newTable(size);
        if (!built.places.equals(table.table().options())) {
            built.close();
            built = build(table.table().options());
        }
    }

    private HeightTable newTable(int size) {
        return new HeightTable(context, size, pieceBytesMax, hashesPerItem(), tuning.workGroupSize());
    }

    @Override
    public Object basis(Header header) {
        return header.height();
    }

    @Override
    public Optional<String> inspect(long nowNanos) {
        return table == null ? Optional.empty() : table.inspect(nowNanos);
    }

    @Override
    public void distrust() {
        host.ifPresent(AutolykosSearcher::distrust);
        release();
    }

    private void release() {
        ahead.ifPresent(HeightTable::close);
        ahead = Optional.empty();
        if (table != null && host.isEmpty()) {
            table.close();
        }
        table = null;
    }

    @Override
    public Batch submit(Work work, NonceRange range) {
        if (range.count() > BATCH_LENGTH_MAX) {
            throw new IllegalArgumentException("batch of " + range.count() + " nonces exceeds " + BATCH_LENGTH_MAX
                    + " on " + context.deviceName());
        }
        if (table == null || !table.isReadyFor(work.header().height())) {
            throw new IllegalStateException(
                    "height " + work.header().height() + " is not prepared on " + context.deviceName());
        }
        OpenClKernel search = built.search;
        return slots.queue(work, range, search, ready -> {
            search.setLong(4, range.first());
            search.setWord(5, (int) range.count());
            search.setWord(6, table.size());
            search.setWord(7, (int) ((1L << 32) / table.size()));
            table.table().setArguments(search, 8);
            return search.launchAfter(
                    ready, Math.ceilDiv(range.count(), granularity()) * tuning.workGroupSize(), tuning.workGroupSize());
        });
    }

    /** The message as it lies in memory, then the target as four numbers, most significant first. */
    private static void write(Work work, IntBuffer words) {
        words.put(ByteBuffer.wrap(work.header().prefix())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer());
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
        release();
        built.close();
    }
}

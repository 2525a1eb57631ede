package filon.mining.algorithm.sha256d;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.SearchSlots;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClProgram;

/** The kernel {@code sha256d.cl} on one device. */
final class Sha256dSearcher implements Searcher {
    private static final long BATCH_LENGTH_MAX = 1L << 30;

    private final OpenClContext context;
    private final SearchTuning tuning;
    private final OpenClProgram program;
    private final OpenClKernel kernel;
    private final SearchSlots slots;

    Sha256dSearcher(OpenClContext context, String source, SearchTuning tuning) {
        this.context = context;
        this.tuning = tuning;
        program = context.build(source, options(tuning));
        kernel = program.kernel("search");
        slots = new SearchSlots(context, Sha256dJob.WORDS, Sha256dJob::write);
    }

    private static String options(SearchTuning tuning) {
        return "-D VECTOR_WIDTH=" + tuning.vectorWidth() + " -D ITEMS_PER_THREAD=" + tuning.itemsPerThread() + " "
                + tuning.compilerOptions();
    }

    @Override
    public Batch submit(Work work, NonceRange range) {
        if (range.count() > BATCH_LENGTH_MAX || range.first() < 0 || range.last() >= Sha256d.NONCES) {
            throw new IllegalArgumentException("batch of " + range.count() + " nonces from " + range.first()
                    + " exceeds " + BATCH_LENGTH_MAX + " or the end of 32 bits on " + context.deviceName());
        }
        return slots.queue(work, range, kernel, ready -> {
            kernel.setWord(4, (int) range.first());
            kernel.setWord(5, (int) range.count());
            return kernel.launchAfter(ready, workItems(range.count()), tuning.workGroupSize());
        });
    }

    private long workItems(long nonces) {
        return Math.ceilDiv(nonces, granularity()) * tuning.workGroupSize();
    }

    @Override
    public void giveUpBelow(int serial) {
        slots.giveUpBelow(serial);
    }

    @Override
    public int granularity() {
        return tuning.vectorWidth() * tuning.itemsPerThread() * tuning.workGroupSize();
    }

    @Override
    public long batchLengthMax() {
        return BATCH_LENGTH_MAX;
    }

    @Override
    public void close() {
        slots.close();
        kernel.close();
        program.close();
    }
}

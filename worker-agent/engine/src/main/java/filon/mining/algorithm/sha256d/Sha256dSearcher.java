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
        slots = new SearchSlots(context, Sha256dJob.WORDS);
    }

    private static String options(SearchTuning tuning) {
        return "-D VECTOR_WIDTH=" + tuning.vectorWidth() + " -D ITEMS_PER_THREAD=" + tuning.itemsPerThread()
                + " -D HIT_CAPACITY=" + SearchSlots.HIT_CAPACITY + " " + tuning.compilerOptions();
    }

    @Override
    public Batch submit(Work work, NonceRange range) {
        if (range.count() > BATCH_LENGTH_MAX || range.first() < 0 || range.last() >= Sha256d.NONCES) {
            throw new IllegalArgumentException("batch of " + range.count() + " nonces from " + range.first()
                    + " exceeds " + BATCH_LENGTH_MAX + " or the end of 32 bits on " + context.deviceName());
        }
        return slots.queue(range, words -> Sha256dJob.write(work, words), (written, job, hits) -> {
            kernel.setBuffer(0, job);
            kernel.setBuffer(1, hits);
            kernel.setWord(2, (int) range.first());
            kernel.setWord(3, (int) range.count());
            return kernel.launchAfter(written, workItems(range.count()), tuning.workGroupSize());
        });
    }

    private long workItems(long nonces) {
        return Math.ceilDiv(nonces, granularity()) * tuning.workGroupSize();
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

package filon.mining.algorithm.sha256d;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OpenClBuffer;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClEvent;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClProgram;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The kernel {@code sha256d.cl} on one device, with buffers for {@link Searcher#QUEUE_DEPTH} batches. */
final class Sha256dSearcher implements Searcher {
    static final int HIT_CAPACITY = 255;
    private static final long BATCH_LENGTH_MAX = 1L << 30;

    private final OpenClContext context;
    private final SearchTuning tuning;
    private final OpenClProgram program;
    private final OpenClKernel kernel;
    private final Deque<Slot> free = new ArrayDeque<>();
    private final List<Slot> slots = new ArrayList<>();

    Sha256dSearcher(OpenClContext context, String source, SearchTuning tuning) {
        this.context = context;
        this.tuning = tuning;
        program = context.build(source, options(tuning));
        kernel = program.kernel("search");
        for (int i = 0; i < QUEUE_DEPTH; i++) {
            slots.add(new Slot(context.words(Sha256dJob.WORDS), context.words(1 + HIT_CAPACITY)));
        }
        free.addAll(slots);
    }

    private static String options(SearchTuning tuning) {
        return "-D VECTOR_WIDTH=" + tuning.vectorWidth() + " -D ITEMS_PER_THREAD=" + tuning.itemsPerThread()
                + " -D HIT_CAPACITY=" + HIT_CAPACITY + " " + tuning.compilerOptions();
    }

    private record Slot(OpenClBuffer job, OpenClBuffer hits) {}

    @Override
    public Batch submit(Work work, NonceRange range) {
        if (range.count() > BATCH_LENGTH_MAX || range.end() > Sha256d.NONCES) {
            throw new IllegalArgumentException("batch of " + range.count() + " nonces from " + range.first()
                    + " exceeds " + BATCH_LENGTH_MAX + " or the end of 32 bits on " + context.deviceName());
        }
        Slot slot = free.poll();
        if (slot == null) {
            throw new IllegalStateException(QUEUE_DEPTH + " batches are queued already on " + context.deviceName());
        }
        Sha256dJob.write(work, slot.job.mirror());
        slot.job.queueWrite();
        slot.hits.mirror().put(0, 0);
        slot.hits.queueWrite();
        kernel.setBuffer(0, slot.job);
        kernel.setBuffer(1, slot.hits);
        kernel.setWord(2, (int) range.first());
        kernel.setWord(3, (int) range.count());
        OpenClEvent searched = kernel.launch(workItems(range.count()), tuning.workGroupSize());
        OpenClEvent read = slot.hits.queueRead();
        context.flush();
        return () -> result(slot, range, searched, read);
    }

    private long workItems(long nonces) {
        return Math.ceilDiv(nonces, granularity()) * tuning.workGroupSize();
    }

    private BatchResult result(Slot slot, NonceRange range, OpenClEvent searched, OpenClEvent read) {
        try (searched;
                read) {
            read.await();
            IntBuffer mirror = slot.hits.mirror();
            long counted = Integer.toUnsignedLong(mirror.get(0));
            int kept = (int) Math.min(counted, HIT_CAPACITY);
            List<Long> nonces = new ArrayList<>(kept);
            for (int i = 1; i <= kept; i++) {
                nonces.add(Integer.toUnsignedLong(mirror.get(i)));
            }
            return new BatchResult(range, nonces, counted - kept, searched.deviceNanos());
        } finally {
            free.add(slot);
        }
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
        for (Slot slot : slots) {
            slot.job.close();
            slot.hits.close();
        }
        kernel.close();
        program.close();
    }
}

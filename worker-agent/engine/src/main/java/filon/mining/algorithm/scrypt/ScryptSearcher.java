package filon.mining.algorithm.scrypt;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.SearchSlots;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClMemory;
import filon.mining.opencl.OpenClProgram;
import filon.mining.opencl.OutOfDeviceMemoryException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/**
 * The kernel {@code scrypt.cl} on one device, with buffers for {@link Searcher#QUEUE_DEPTH} batches and one set of pads: the
 * queue is in order, so only one batch uses them at a time.
 */
final class ScryptSearcher implements Searcher {
    static final long PAD_BYTES = 128 * 1024;
    private static final int JOB_HEADER_WORDS = 19;
    private static final int JOB_WORDS = JOB_HEADER_WORDS + 8;
    private static final int LANES_PER_HASH = 4;
    private static final int CHAINS_MAX = 4;
    private static final int ITEMS_PER_UNIT_OF_GPU = 1_024;
    private static final int BLOCKS_PER_ITEM_MAX = 512;
    private static final long BATCH_LENGTH_MAX = 1L << 24;

    private final OpenClContext context;
    private final SearchTuning tuning;
    private final int hashesPerItem;
    private final long workItems;
    private final OpenClMemory pads;
    private final OpenClProgram program;
    private final OpenClKernel kernel;
    private final SearchSlots slots;

    /** @throws OutOfDeviceMemoryException if the device has no room for the pads of one work-group */
    ScryptSearcher(OpenClContext context, String source, SearchTuning tuning) {
        if (tuning.itemsPerThread() > CHAINS_MAX) {
            throw new IllegalArgumentException(
                    "scrypt with " + tuning.itemsPerThread() + " vectors per work-item; it has 1 to " + CHAINS_MAX);
        }
        this.context = context;
        this.tuning = tuning;
        hashesPerItem = lanes(tuning) / LANES_PER_HASH * tuning.itemsPerThread();
        workItems = workItems();
        program = context.build(source, options());
        kernel = program.kernel("search");
        pads = context.memory(workItems * hashesPerItem * PAD_BYTES);
        slots = new SearchSlots(context, JOB_WORDS, ScryptSearcher::write);
    }

    private static int lanes(SearchTuning tuning) {
        return Math.max(LANES_PER_HASH, tuning.vectorWidth());
    }

    private String options() {
        return "-D VECTOR_WIDTH=" + lanes(tuning) + " -D CHAINS=" + tuning.itemsPerThread() + " -D HASHES="
                + hashesPerItem + " " + tuning.compilerOptions();
    }

    /** A CPU needs one work-item per core; a GPU as many as hide its memory's latency, and its memory has room for. */
    private long workItems() {
        long groupBytes = tuning.workGroupSize() * hashesPerItem * PAD_BYTES;
        long groupsMax = context.memoryBytesFree() / 4 * 3 / groupBytes;
        if (groupsMax < 1) {
            throw new OutOfDeviceMemoryException("scrypt needs " + groupBytes + " bytes for one work-group of "
                    + tuning.workGroupSize() + "; " + context.deviceName() + " has " + context.memoryBytesFree()
                    + " free in one piece, of which it takes three quarters");
        }
        int itemsPerUnit = context.description().isCpu() ? 1 : ITEMS_PER_UNIT_OF_GPU;
        long groupsWanted =
                (long) context.description().computeUnits() * Math.ceilDiv(itemsPerUnit, tuning.workGroupSize());
        return Math.min(groupsWanted, groupsMax) * tuning.workGroupSize();
    }

    @Override
    public Batch submit(Work work, NonceRange range) {
        if (range.count() > batchLengthMax() || range.first() < 0 || range.last() >= Scrypt.NONCES) {
            throw new IllegalArgumentException("batch of " + range.count() + " nonces from " + range.first()
                    + " exceeds " + batchLengthMax() + " or the end of 32 bits on " + context.deviceName());
        }
        return slots.queue(work, range, kernel, ready -> {
            kernel.setMemory(4, pads);
            kernel.setWord(5, (int) range.first());
            kernel.setWord(6, (int) range.count());
            return kernel.launchAfter(ready, workItems, tuning.workGroupSize());
        });
    }

    private static void write(Work work, IntBuffer job) {
        IntBuffer header = ByteBuffer.wrap(work.header().prefix()).asIntBuffer();
        job.put(0, header, 0, JOB_HEADER_WORDS);
        job.put(
                JOB_HEADER_WORDS,
                ByteBuffer.wrap(work.target().bytes()).asIntBuffer(),
                0,
                JOB_WORDS - JOB_HEADER_WORDS);
    }

    @Override
    public void giveUpBelow(int serial) {
        slots.giveUpBelow(serial);
    }

    @Override
    public int granularity() {
        return Math.toIntExact(workItems * hashesPerItem);
    }

    /** Few enough blocks per work-item that the first batches, of unknown length in time, are not endless. */
    @Override
    public long batchLengthMax() {
        return Math.max(granularity(), Math.min(BATCH_LENGTH_MAX, BLOCKS_PER_ITEM_MAX * workItems * hashesPerItem));
    }

    @Override
    public void close() {
        slots.close();
        pads.close();
        kernel.close();
        program.close();
    }
}

package filon.mining.algorithm.blake3;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.NonceRange;
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

/** The kernel {@code blake3.cl} on one device. */
final class Blake3Searcher implements Searcher {
    private static final int MESSAGE_BYTES = 384;
    private static final int JOB_WORDS = MESSAGE_BYTES / Integer.BYTES + 8;
    private static final long BATCH_LENGTH_MAX = 1L << 30;

    private final OpenClContext context;
    private final SearchTuning tuning;
    private final OpenClProgram program;
    private final OpenClKernel kernel;
    private final SearchSlots slots;

    Blake3Searcher(OpenClContext context, String source, SearchTuning tuning) {
        this.context = context;
        this.tuning = tuning;
        program = context.build(
                source,
                "-D VECTOR_WIDTH=" + tuning.vectorWidth() + " -D ITEMS_PER_THREAD=" + tuning.itemsPerThread() + " "
                        + tuning.compilerOptions());
        kernel = program.kernel("search");
        slots = new SearchSlots(context, JOB_WORDS, Blake3Searcher::write);
    }

    @Override
    public Batch submit(Work work, NonceRange range) {
        if (range.count() > BATCH_LENGTH_MAX) {
            throw new IllegalArgumentException("batch of " + range.count() + " nonces exceeds " + BATCH_LENGTH_MAX
                    + " on " + context.deviceName());
        }
        return slots.queue(work, range, kernel, ready -> {
            kernel.setLong(4, range.first());
            kernel.setWord(5, (int) range.count());
            return kernel.launchAfter(
                    ready, Math.ceilDiv(range.count(), granularity()) * tuning.workGroupSize(), tuning.workGroupSize());
        });
    }

    /** The message with a nonce of zero, padded to whole blocks; then the target, most significant word first. */
    private static void write(Work work, IntBuffer words) {
        byte[] prefix = work.header().prefix();
        ByteBuffer message = ByteBuffer.allocate(MESSAGE_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0, prefix, 0, Blake3.NONCE_START)
                .put(Blake3.NONCE_START + Long.BYTES, prefix, Blake3.NONCE_START, Blake3.HEADER_LENGTH);
        words.put(message.asIntBuffer());
        words.put(ByteBuffer.wrap(work.target().bytes()).asIntBuffer());
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

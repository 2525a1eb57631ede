package filon.mining.algorithm.kheavyhash;

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
import java.nio.IntBuffer;

/** The kernel {@code kheavyhash.cl} on one device. */
final class KheavyhashSearcher implements Searcher {
    private static final int LANES = 25;
    private static final int JOB_WORDS =
            2 * (2 * LANES + 4) + HeavyMatrix.SIZE * HeavyMatrix.SIZE * Short.BYTES / Integer.BYTES;
    private static final long BATCH_LENGTH_MAX = 1L << 28;

    private final OpenClContext context;
    private final SearchTuning tuning;
    private final Kheavyhash algorithm;
    private final OpenClProgram program;
    private final OpenClKernel kernel;
    private final SearchSlots slots;

    KheavyhashSearcher(OpenClContext context, String source, SearchTuning tuning, Kheavyhash algorithm) {
        if (tuning.vectorWidth() != 1 && tuning.vectorWidth() != 16) {
            throw new IllegalArgumentException("kheavyhash with tuning " + tuning + "; it has vector width 1 or 16");
        }
        this.context = context;
        this.tuning = tuning;
        this.algorithm = algorithm;
        program = context.build(
                source,
                "-D VECTOR_WIDTH=" + tuning.vectorWidth() + " -D ITEMS_PER_THREAD=" + tuning.itemsPerThread() + " "
                        + tuning.compilerOptions());
        kernel = program.kernel("search");
        slots = new SearchSlots(context, JOB_WORDS, this::write);
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

    /** The first state with a nonce of zero, the second's start, the target, the matrix: as the kernel's head comment says. */
    private void write(Work work, IntBuffer words) {
        putLongs(words, Kheavyhash.FIRST.absorbed(algorithm.solved(work.header(), 0)));
        putLongs(words, Kheavyhash.LAST.absorbed(new byte[Kheavyhash.HASH_LENGTH]));
        long[] target = new long[4];
        ByteBuffer.wrap(work.target().bytes()).asLongBuffer().get(target);
        putLongs(words, target);
        for (short[] row : algorithm.matrix(work.header().prefix()).rows()) {
            for (int i = 0; i < row.length; i += 2) {
                words.put(row[i] | row[i + 1] << Short.SIZE);
            }
        }
    }

    private static void putLongs(IntBuffer words, long[] values) {
        for (long value : values) {
            words.put((int) value).put((int) (value >>> 32));
        }
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

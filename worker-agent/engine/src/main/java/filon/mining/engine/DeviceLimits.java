package filon.mining.engine;

import filon.mining.algorithm.Bound;
import filon.mining.algorithm.Folder;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClEvent;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClMemory;
import filon.mining.opencl.OpenClProgram;

/**
 * What a device was measured to do at most, by kernels that do nothing else; the best of a few launches.
 *
 * @param streamBytesPerSecond read in order
 * @param scatteredBytesPerSecond read at random places, 128 at a time
 * @param integerOperationsPerSecond of 32 bits
 */
public record DeviceLimits(
        double streamBytesPerSecond, double scatteredBytesPerSecond, double integerOperationsPerSecond) {
    private static final long DATA_BYTES = 1L << 29;
    private static final int VECTOR_BYTES = 64;
    private static final int BYTES_PER_SCATTERED_READ = 128;
    private static final int OPERATIONS_PER_STEP = 24;
    private static final int ITEMS_PER_UNIT_OF_GPU = 2_048;
    private static final int GROUP_OF_GPU = 128;
    private static final int CHAINS = 64;
    private static final int LAUNCHES = 5;
    private static final int INTEGER_STEPS = 1 << 20;

    /** Takes a second or so; half a gigabyte of the device's memory is taken for that time. */
    public static DeviceLimits of(OpenClContext context) {
        boolean isCpu = context.description().isCpu();
        int group = isCpu ? 1 : GROUP_OF_GPU;
        int items = context.description().computeUnits() * (isCpu ? 1 : ITEMS_PER_UNIT_OF_GPU);
        long bytes = Long.highestOneBit(Math.min(DATA_BYTES, context.memoryBytesFree() / 2));
        int width = Math.min(16, Integer.highestOneBit(context.description().integerVectorWidth()));
        String options = "-D VECTOR_WIDTH=" + width + " -D CHAINS=" + (isCpu ? CHAINS : 1);
        int vectors = (int) (bytes / VECTOR_BYTES);
        try (OpenClProgram program = context.build(new Folder(DeviceLimits.class).kernel("limits.cl"), options);
                OpenClMemory data = context.memory(bytes);
                OpenClMemory out = context.memory((long) items * Integer.BYTES);
                OpenClKernel fill = program.kernel("fill");
                OpenClKernel stream = program.kernel("stream");
                OpenClKernel scattered = program.kernel("scattered");
                OpenClKernel integer = program.kernel("integer")) {
            fill.setMemory(0, data);
            fill.setWord(1, vectors);
            best(fill, items, group);
            int reads = vectors / items;
            double streamed = best(reader(stream, data, out, vectors, reads), items, group);
            double scatter = best(reader(scattered, data, out, vectors, reads / 4), items, group);
            int steps = isCpu ? INTEGER_STEPS * 16 : INTEGER_STEPS / 64;
            integer.setWord(0, steps);
            integer.setMemory(1, out);
            double operations = best(integer, items, group);
            return new DeviceLimits(
                    (double) reads * items * VECTOR_BYTES / streamed,
                    (double) (reads / 4) * items * BYTES_PER_SCATTERED_READ / scatter,
                    (double) steps * OPERATIONS_PER_STEP * width * items / operations);
        }
    }

    private static OpenClKernel reader(
            OpenClKernel kernel, OpenClMemory data, OpenClMemory out, int vectors, int reads) {
        kernel.setMemory(0, data);
        kernel.setWord(1, vectors);
        kernel.setWord(2, reads);
        kernel.setMemory(3, out);
        return kernel;
    }

    /** Seconds of the fastest launch. */
    private static double best(OpenClKernel kernel, int items, int group) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < LAUNCHES; i++) {
            try (OpenClEvent event = kernel.launch(Math.ceilDiv(items, group) * (long) group, group)) {
                event.await();
                best = Math.min(best, event.deviceNanos());
            }
        }
        return Math.max(1, best) / 1e9;
    }

    /** How much of this kind a second the device was measured to do. */
    public double of(Bound.Kind kind) {
        return switch (kind) {
            case STREAM -> streamBytesPerSecond;
            case SCATTERED -> scatteredBytesPerSecond;
            case INTEGER -> integerOperationsPerSecond;
        };
    }
}

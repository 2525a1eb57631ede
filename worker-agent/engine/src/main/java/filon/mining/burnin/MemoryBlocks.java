package filon.mining.burnin;

import filon.mining.algorithm.Folder;
import filon.mining.opencl.OpenClBuffer;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClEvent;
import filon.mining.opencl.OpenClException;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClMemory;
import filon.mining.opencl.OpenClProgram;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** As much of a device's memory as was asked for and given, in blocks, and the kernels that write and check it. Belongs to its context's thread. */
final class MemoryBlocks implements AutoCloseable {
    private static final int VECTOR_BYTES = 64;
    private static final int RESULT_WORDS = 8;
    private static final long BLOCK_BYTES_MAX = 1L << 30;
    private static final int ITEMS_PER_UNIT_OF_GPU = 256;
    private static final int GROUP_OF_GPU = 64;

    private final List<OpenClMemory> blocks = new ArrayList<>();
    private final int workItems;
    private final int groupSize;
    private final OpenClProgram program;
    private final OpenClKernel write;
    private final OpenClKernel check;
    private final OpenClBuffer result;

    /**
     * Takes blocks until there are so many bytes or the device gives no more: what another program holds is not told by OpenCL.
     *
     * @param blockBytesMax no block is larger: the device's limit, or less in tests
     */
    MemoryBlocks(OpenClContext context, long bytesWanted, long blockBytesMax) {
        boolean isCpu = context.description().isCpu();
        groupSize = isCpu ? 1 : GROUP_OF_GPU;
        workItems = context.description().computeUnits() * (isCpu ? 1 : ITEMS_PER_UNIT_OF_GPU);
        program = context.build(new Folder(MemoryBlocks.class).text("memory.cl"), "");
        write = program.kernel("write");
        check = program.kernel("check");
        result = context.words(workItems * RESULT_WORDS);
        try {
            take(context, bytesWanted, Math.min(blockBytesMax, BLOCK_BYTES_MAX));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void take(OpenClContext context, long bytesWanted, long blockBytesMax) {
        boolean isGiven = true;
        while (isGiven && bytes() + VECTOR_BYTES <= bytesWanted) {
            long bytes = Math.min(bytesWanted - bytes(), Math.min(blockBytesMax, context.memoryBytesFree()));
            isGiven = bytes >= VECTOR_BYTES && isGiven(context, bytes / VECTOR_BYTES * VECTOR_BYTES);
        }
    }

    /** Many drivers promise memory and have it only when it is first written to. */
    private boolean isGiven(OpenClContext context, long bytes) {
        try {
            blocks.add(context.memory(bytes));
        } catch (OpenClException e) {
            return false;
        }
        try {
            launch(write, blocks.size() - 1, 0, MemoryPattern.ZEROS);
            return true;
        } catch (OpenClException e) {
            blocks.removeLast().close();
            return false;
        }
    }

    long bytes() {
        return blocks.stream().mapToLong(OpenClMemory::bytes).sum();
    }

    int count() {
        return blocks.size();
    }

    OpenClMemory block(int number) {
        return blocks.get(number);
    }

    /** All blocks, one after the other; ended when this returns. */
    void write(MemoryPattern pattern) {
        long before = 0;
        for (int block = 0; block < blocks.size(); block++) {
            launch(write, block, before, pattern);
            before += vectors(block);
        }
    }

    /**
     * Words that are not what the pattern says.
     *
     * @param words how many
     * @param first where the first of them is and what it holds, for people
     */
    record Wrong(long words, String first) {}

    /** Empty where every word of every block is what was written. */
    Optional<Wrong> check(MemoryPattern pattern) {
        long words = 0;
        Optional<String> first = Optional.empty();
        long before = 0;
        for (int block = 0; block < blocks.size(); block++) {
            check.setBuffer(6, result);
            launch(check, block, before, pattern);
            Optional<Wrong> wrong = wrong(block, before * VECTOR_BYTES);
            words += wrong.map(Wrong::words).orElse(0L);
            first = first.or(() -> wrong.map(Wrong::first));
            before += vectors(block);
        }
        return words == 0 ? Optional.empty() : Optional.of(new Wrong(words, first.orElseThrow()));
    }

    private void launch(OpenClKernel kernel, int block, long before, MemoryPattern pattern) {
        kernel.setMemory(0, blocks.get(block));
        kernel.setWord(1, vectors(block));
        kernel.setLong(2, before);
        kernel.setWord(3, pattern.kind().ordinal());
        kernel.setWord(4, pattern.seed());
        kernel.setWord(5, pattern.inversion());
        try (OpenClEvent event = kernel.launch(workItems, groupSize)) {
            if (kernel == check) {
                try (OpenClEvent read = result.queueReadAfter(event)) {
                    read.await();
                }
            }
            event.await();
        }
    }

    /** Each work-item tells of its own words; of all of them the lowest address counts as the first. */
    private Optional<Wrong> wrong(int block, long bytesBefore) {
        IntBuffer results = result.mirror();
        long words = 0;
        long lowest = Long.MAX_VALUE;
        String first = "";
        for (int at = 0; at < workItems * RESULT_WORDS; at += RESULT_WORDS) {
            long wrong = Integer.toUnsignedLong(results.get(at));
            long address = Integer.toUnsignedLong(results.get(at + 1)) * VECTOR_BYTES
                    + (long) results.get(at + 2) * Integer.BYTES;
            words += wrong;
            if (wrong > 0 && address < lowest) {
                lowest = address;
                first = String.format(
                        Locale.ROOT,
                        "first at byte %,d (byte %,d of block %d): %08x expected, %08x found",
                        bytesBefore + address,
                        address,
                        block,
                        results.get(at + 3),
                        results.get(at + 4));
            }
        }
        return words == 0 ? Optional.empty() : Optional.of(new Wrong(words, first));
    }

    private int vectors(int block) {
        return Math.toIntExact(blocks.get(block).bytes() / VECTOR_BYTES);
    }

    @Override
    public void close() {
        blocks.forEach(OpenClMemory::close);
        blocks.clear();
        result.close();
        check.close();
        write.close();
        program.close();
    }
}

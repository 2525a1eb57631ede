package filon.mining.algorithm;

import filon.mining.opencl.OpenClBuffer;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClEvent;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Remembers what a table on a device was, and looks at all of it in turns, a part at a time between batches, whether it still is: one
 * flipped bit of a gigabyte spoils so few hashes that their share of wrong ones would never tell. Belongs to the device's thread.
 */
public final class TableWatch implements AutoCloseable {
    /** In which the whole table is looked at once. */
    public static final Duration ROUND = Duration.ofSeconds(40);

    private static final int VECTOR_BYTES = 64;
    private static final long PART_BYTES = 32L << 20;
    private static final int ITEMS_PER_UNIT_OF_GPU = 256;
    private static final int GROUP_OF_GPU = 64;

    private final DeviceTable table;
    private final int workItems;
    private final int groupSize;
    private final OpenClProgram program;
    private final OpenClKernel kernel;
    private final OpenClBuffer folded;
    private final List<Part> parts;
    private final List<int[]> remembered = new ArrayList<>();
    private Optional<Look> look = Optional.empty();
    private int next;
    private long nextNanos;

    private record Part(int piece, long firstVector, long endVector) {}

    private record Look(int part, OpenClEvent folding, OpenClEvent read) {}

    /** Of a table that is whole and proved; its items are a multiple of 64 bytes together. */
    public TableWatch(OpenClContext context, DeviceTable table) {
        this.table = table;
        boolean isCpu = context.description().isCpu();
        groupSize = isCpu ? 1 : GROUP_OF_GPU;
        workItems = context.description().computeUnits() * (isCpu ? 1 : ITEMS_PER_UNIT_OF_GPU);
        program = context.build(new Folder(TableWatch.class).text("inspect.cl"), "");
        kernel = program.kernel("fold");
        folded = context.words(workItems * VECTOR_BYTES / Integer.BYTES);
        parts = parts(table);
    }

    private static List<Part> parts(DeviceTable table) {
        List<Part> parts = new ArrayList<>();
        for (int piece = 0; piece < table.pieceCount(); piece++) {
            long bytes = table.pieceBytes(piece);
            for (long from = 0; from < bytes; from += PART_BYTES) {
                long to = Math.min(bytes, from + PART_BYTES);
                parts.add(new Part(piece, from / VECTOR_BYTES, to / VECTOR_BYTES));
            }
        }
        return List.copyOf(parts);
    }

    /** Remembers one more part; whether all are remembered. */
    public boolean remember() {
        if (remembered.size() < parts.size()) {
            remembered.add(end(begin(remembered.size())));
        }
        return remembered.size() == parts.size();
    }

    /**
     * Looks at the next part if it is its turn, without waiting for the device: what is found is told with the call after.
     *
     * @param nowNanos on a monotonic clock
     * @return what is damaged, for people
     */
    public Optional<String> inspect(long nowNanos) {
        if (nowNanos - nextNanos < 0) {
            return Optional.empty();
        }
        nextNanos = nowNanos + ROUND.toNanos() / parts.size();
        Optional<String> damage = look.flatMap(this::damage);
        look = Optional.of(begin(next));
        next = (next + 1) % parts.size();
        return damage;
    }

    private Optional<String> damage(Look begun) {
        if (Arrays.equals(end(begun), remembered.get(begun.part))) {
            return Optional.empty();
        }
        Part part = parts.get(begun.part);
        return Optional.of("bytes " + part.firstVector * VECTOR_BYTES + " to " + part.endVector * VECTOR_BYTES
                + " of piece " + part.piece + " of the table are not what they were");
    }

    private Look begin(int number) {
        Part part = parts.get(number);
        long vectors = part.endVector - part.firstVector;
        kernel.setMemory(0, table.piece(part.piece));
        kernel.setWord(1, (int) part.firstVector);
        kernel.setWord(2, (int) part.endVector);
        kernel.setWord(3, (int) Math.ceilDiv(vectors, workItems));
        kernel.setBuffer(4, folded);
        OpenClEvent folding = kernel.launch(Math.ceilDiv(workItems, groupSize) * (long) groupSize, groupSize);
        return new Look(number, folding, folded.queueReadAfter(folding));
    }

    private int[] end(Look begun) {
        try (OpenClEvent _ = begun.folding;
                OpenClEvent read = begun.read) {
            read.await();
            int[] words = new int[workItems * VECTOR_BYTES / Integer.BYTES];
            folded.mirror().get(0, words);
            return words;
        }
    }

    @Override
    public void close() {
        look.ifPresent(this::end);
        folded.close();
        kernel.close();
        program.close();
    }
}

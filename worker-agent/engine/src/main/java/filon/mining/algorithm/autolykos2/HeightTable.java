package filon.mining.algorithm.autolykos2;

import filon.mining.algorithm.BatchLength;
import filon.mining.algorithm.DeviceTable;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.TableWatch;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClEvent;
import filon.mining.opencl.OpenClKernel;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The table of one height on one device, made in steps. Belongs to the device's thread. */
final class HeightTable implements AutoCloseable {
    static final int ITEM_BYTES = 32;
    private static final Duration STEP = Duration.ofMillis(40);
    private static final int SAMPLES = 16;
    private static final int ELEMENTS_PER_STEP_MAX = 1 << 24;

    private final OpenClContext context;
    private final DeviceTable table;
    private final int size;
    private final int granularity;
    private final int groupSize;
    private final BatchLength step;
    private final RandomGenerator random = new SplittableRandom();
    private long height;
    private int made;
    private boolean isComplete;
    private Optional<TableWatch> watch = Optional.empty();

    /** @throws filon.mining.opencl.OutOfDeviceMemoryException if the device has no room for it */
    HeightTable(OpenClContext context, int size, long pieceBytesMax, int elementsPerWorkItem, int groupSize) {
        this.context = context;
        this.size = size;
        this.groupSize = groupSize;
        this.granularity = elementsPerWorkItem * groupSize;
        this.table = new DeviceTable(context, size, ITEM_BYTES, pieceBytesMax);
        this.step = new BatchLength(granularity, ELEMENTS_PER_STEP_MAX, 16L * granularity, STEP);
    }

    /** Begins anew for a height, in the same memory. */
    void begin(long newHeight) {
        height = newHeight;
        made = 0;
        isComplete = true;
        stopWatching();
    }

    /** For a height of which only what {@link #write} writes will be right. */
    void beginEmpty(long newHeight) {
        begin(newHeight);
        isComplete = false;
    }

    int size() {
        return size;
    }

    boolean isOf(long wanted) {
        return height == wanted && isComplete;
    }

    boolean isReadyFor(long wanted) {
        return height == wanted && (!isComplete || watch.isPresent());
    }

    DeviceTable table() {
        return table;
    }

    /** Makes the next elements, as many as take about 40 ms; after the last of them, samples are checked. */
    Progress makeSome(OpenClKernel kernel) {
        int end = (int) Math.min(size, made + step.current());
        kernel.setWord(0, (int) height);
        kernel.setWord(1, made);
        kernel.setWord(2, end);
        table.setArguments(kernel, 3);
        long workItems = (long) Math.ceilDiv(end - made, granularity) * groupSize;
        try (OpenClEvent event = kernel.launch(workItems, groupSize)) {
            event.await();
            step.took(end - made, event.deviceNanos());
        }
        made = end;
        if (made == size) {
            check();
            watch = Optional.of(remembered());
        }
        return new Progress("table of height " + height, made, size);
    }

    /** All at once: a table of two gigabytes takes a CPU a quarter of a second. */
    private TableWatch remembered() {
        TableWatch watching = new TableWatch(context, table);
        boolean isRemembered;
        do {
            isRemembered = watching.remember();
        } while (!isRemembered);
        return watching;
    }

    /** As {@link filon.mining.algorithm.Searcher#inspect}. */
    Optional<String> inspect(long nowNanos) {
        return watch.flatMap(watching -> watching.inspect(nowNanos));
    }

    private void stopWatching() {
        watch.ifPresent(TableWatch::close);
        watch = Optional.empty();
    }

    void write(int element) {
        table.write(element, ByteBuffer.wrap(item(element)));
    }

    /** An element as it lies in the table: a number, little-endian. */
    private byte[] item(int element) {
        BigInteger number = new BigInteger(1, new AutolykosReference(height, size).element(element));
        ByteBuffer item = ByteBuffer.allocate(ITEM_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int word = 0; word < ITEM_BYTES / Long.BYTES; word++) {
            item.putLong(number.shiftRight(word * Long.SIZE).longValue());
        }
        return item.array();
    }

    private void check() {
        requireRight(0);
        requireRight(size - 1);
        for (int i = 0; i < SAMPLES; i++) {
            requireRight(random.nextInt(size));
        }
    }

    private void requireRight(int element) {
        if (!Arrays.equals(table.read(element), item(element))) {
            throw new DeviceWrongException("element " + element + " of " + size + " of the table of height " + height
                    + " on " + context.deviceName() + " is not what the CPU computes");
        }
    }

    @Override
    public void close() {
        stopWatching();
        table.close();
    }
}

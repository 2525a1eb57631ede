package filon.mining.dag;

import filon.mining.algorithm.BatchLength;
import filon.mining.algorithm.DeviceTable;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Folder;
import filon.mining.algorithm.Progress;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClEvent;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClMemory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The dataset of one epoch on one device, made in steps from the epoch's light cache. Belongs to the device's thread. */
public final class Dataset implements AutoCloseable {
    static final Duration STEP = Duration.ofMillis(40);
    private static final int SAMPLES = 32;
    private static final int ITEMS_PER_STEP_MAX = 1 << 24;

    private static final Folder FOLDER = new Folder(Dataset.class);

    private final OpenClContext context;
    private final LightCache cache;
    private final DeviceTable table;
    private final int itemsPerWorkItem;
    private final int groupSize;
    private final RandomGenerator random = new SplittableRandom();
    private OpenClMemory cacheOnDevice;
    private BatchLength step;
    private long itemsMade;
    private boolean isReady;

    /**
     * @param pieceBytesMax no piece of the table is larger
     * @throws filon.mining.opencl.OutOfDeviceMemoryException if the device has no room for the dataset and the cache
     */
    public Dataset(OpenClContext context, LightCache cache, long pieceBytesMax, int itemsPerWorkItem, int groupSize) {
        this.context = context;
        this.cache = cache;
        this.itemsPerWorkItem = itemsPerWorkItem;
        this.groupSize = groupSize;
        this.table = new DeviceTable(context, epoch().datasetPages(), Epoch.PAGE_BYTES, pieceBytesMax);
    }

    /** The text that a kernel which reads datasets begins with. */
    public static String kernelSource() {
        return FOLDER.text("dag.cl");
    }

    /** The build options of that text. */
    public static String options(int hashesPerItem, int parents, int pieceCount, int pieceShift) {
        return "-D HASHES=" + hashesPerItem + " -D PARENTS=" + parents + " -D PIECE_COUNT=" + pieceCount
                + " -D PIECE_SHIFT=" + pieceShift;
    }

    /** 2^32 / n, rounded down. */
    public static int reciprocal(int n) {
        return (int) ((1L << 32) / n);
    }

    public Epoch epoch() {
        return cache.epoch();
    }

    public DeviceTable table() {
        return table;
    }

    public boolean isReady() {
        return isReady;
    }

    /** Makes the next items, as many as take about {@link #STEP}; after the last of them, samples are checked. */
    public Progress makeSome(OpenClKernel kernel) {
        int granularity = itemsPerWorkItem * groupSize;
        if (cacheOnDevice == null) {
            cacheOnDevice = context.memory(epoch().cacheBytes());
            cacheOnDevice.write(0, cache.bytes());
            step = new BatchLength(granularity, ITEMS_PER_STEP_MAX, 16L * granularity, STEP);
        }
        long items = 2L * epoch().datasetPages();
        long end = Math.min(items, itemsMade + step.current());
        kernel.setMemory(0, cacheOnDevice);
        kernel.setWord(1, epoch().cacheItems());
        kernel.setWord(2, reciprocal(epoch().cacheItems()));
        kernel.setWord(3, (int) itemsMade);
        kernel.setWord(4, (int) end);
        table.setArguments(kernel, 5);
        long workItems = Math.ceilDiv(end - itemsMade, granularity) * groupSize;
        try (OpenClEvent made = kernel.launch(workItems, groupSize)) {
            made.await();
            step.took(end - itemsMade, made.deviceNanos());
        }
        itemsMade = end;
        if (itemsMade == items) {
            cacheOnDevice.close();
            cacheOnDevice = null;
            check();
            isReady = true;
        }
        return new Progress("dataset of epoch " + epoch().number(), itemsMade, items);
    }

    /** Writes one page as the light cache gives it. */
    public void write(int page) {
        table.write(page, ByteBuffer.wrap(cache.page(page)));
    }

    private void check() {
        requireRight(0);
        requireRight(epoch().datasetPages() - 1);
        for (int i = 0; i < SAMPLES; i++) {
            requireRight(random.nextInt(epoch().datasetPages()));
        }
    }

    /** @throws DeviceWrongException if the page on the device is not what the light cache gives */
    public void requireRight(int page) {
        if (!Arrays.equals(table.read(page), cache.page(page))) {
            throw new DeviceWrongException(
                    "page " + page + " of " + epoch().datasetPages() + " of the dataset of epoch " + epoch().number()
                            + " on " + context.deviceName() + " is not what the light cache gives");
        }
    }

    @Override
    public void close() {
        if (cacheOnDevice != null) {
            cacheOnDevice.close();
        }
        table.close();
    }
}

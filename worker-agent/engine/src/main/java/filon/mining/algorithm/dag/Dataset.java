package filon.mining.algorithm.dag;

import filon.mining.algorithm.BatchLength;
import filon.mining.algorithm.DeviceTable;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.TableWatch;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClEvent;
import filon.mining.opencl.OpenClKernel;
import filon.mining.opencl.OpenClMemory;
import filon.mining.opencl.OpenClProgram;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The dataset of one epoch on one device, made in steps from the epoch's light cache. Belongs to the device's thread. */
public final class Dataset implements AutoCloseable {
    static final Duration STEP = Duration.ofMillis(40);
    private static final int SAMPLES = 32;
    private static final int ITEMS_PER_STEP_MAX = 1 << 24;

    private final OpenClContext context;
    private final LightCache cache;
    private final DatasetForm form;
    private final DeviceTable table;
    private final RandomGenerator random = new SplittableRandom();
    private OpenClMemory cacheOnDevice;
    private OpenClProgram program;
    private OpenClKernel kernel;
    private BatchLength step;
    private long itemsMade;
    private boolean isReady;
    private Optional<TableWatch> watch = Optional.empty();

    /** @throws filon.mining.opencl.OutOfDeviceMemoryException if the device has no room for the dataset */
    public Dataset(OpenClContext context, LightCache cache, DatasetForm form) {
        this.context = context;
        this.cache = cache;
        this.form = form;
        this.table = new DeviceTable(context, epoch().datasetPages(), Epoch.PAGE_BYTES, form.pieceBytesMax());
    }

    /** 2^32 / n, rounded down: what kernels divide by n with. */
    public static int reciprocal(int n) {
        return (int) ((1L << 32) / n);
    }

    public Epoch epoch() {
        return cache.epoch();
    }

    public LightCache cache() {
        return cache;
    }

    public DeviceTable table() {
        return table;
    }

    public boolean isReady() {
        return isReady;
    }

    /** Makes the next items, as many as take about {@link #STEP}; after the last of them, samples are checked. */
    public Progress makeSome() {
        long items = 2L * epoch().datasetPages();
        if (watch.isPresent()) {
            isReady = watch.get().remember();
            return new Progress(
                    "remembering the dataset of epoch " + epoch().number(), isReady ? items : items - 1, items);
        }
        if (kernel == null) {
            begin();
        }
        long end = Math.min(items, itemsMade + step.current());
        make(end);
        if (itemsMade == items) {
            finish();
        }
        return new Progress(
                "dataset of epoch " + epoch().number(), isReady ? items : Math.min(itemsMade, items - 1), items);
    }

    private void begin() {
        cacheOnDevice = context.memory(epoch().cacheBytes());
        cacheOnDevice.write(0, cache.bytes());
        program = context.build(
                form.source(),
                "-D BUILD_DATASET -D HASHES=" + form.itemsPerWorkItem() + " -D PARENTS=" + epoch().parents() + " "
                        + table.options() + " " + form.compilerOptions());
        kernel = program.kernel("build_dataset");
        step = new BatchLength(granularity(), ITEMS_PER_STEP_MAX, 16L * granularity(), STEP);
    }

    private int granularity() {
        return form.itemsPerWorkItem() * form.groupSize();
    }

    private void make(long end) {
        kernel.setMemory(0, cacheOnDevice);
        kernel.setWord(1, epoch().cacheItems());
        kernel.setWord(2, reciprocal(epoch().cacheItems()));
        kernel.setWord(3, (int) itemsMade);
        kernel.setWord(4, (int) end);
        table.setArguments(kernel, 5);
        long workItems = Math.ceilDiv(end - itemsMade, granularity()) * form.groupSize();
        try (OpenClEvent made = kernel.launch(workItems, form.groupSize())) {
            made.await();
            step.took(end - itemsMade, made.deviceNanos());
        }
        itemsMade = end;
    }

    private void finish() {
        releaseMakers();
        check();
        watch = Optional.of(new TableWatch(context, table));
        isReady = watch.get().remember();
    }

    /** As {@link filon.mining.algorithm.Searcher#inspect}. */
    public Optional<String> inspect(long nowNanos) {
        return isReady ? watch.flatMap(watching -> watching.inspect(nowNanos)) : Optional.empty();
    }

    private void releaseMakers() {
        if (kernel != null) {
            kernel.close();
            program.close();
            cacheOnDevice.close();
            kernel = null;
        }
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
        releaseMakers();
        watch.ifPresent(TableWatch::close);
        table.close();
    }
}

package filon.mining.algorithm;

import filon.mining.opencl.OpenClBuffer;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClEvent;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The buffers of the batches that are queued: for each the words of its job, and its hits.
 *
 * <p>Hits, as kernels see them: uint[{@value #HIT_WORDS}] = a count of all hits, a word free for the kernel's use that starts at
 * zero, then the offsets from the range's first nonce of the first {@value #HIT_CAPACITY} hits. Belongs to its context's
 * thread.
 */
public final class SearchSlots implements AutoCloseable {
    public static final int HIT_CAPACITY = 255;
    public static final int HITS_BEFORE_OFFSETS = 2;
    public static final int HIT_WORDS = HITS_BEFORE_OFFSETS + HIT_CAPACITY;

    private final OpenClContext context;
    private final List<Slot> slots = new ArrayList<>();
    private final Deque<Slot> free = new ArrayDeque<>();

    /** @param jobWords 32-bit words of a job */
    public SearchSlots(OpenClContext context, int jobWords) {
        this.context = context;
        for (int i = 0; i < Searcher.QUEUE_DEPTH; i++) {
            slots.add(new Slot(context.words(jobWords), context.words(HIT_WORDS)));
        }
        free.addAll(slots);
    }

    private record Slot(OpenClBuffer job, OpenClBuffer hits) {}

    /** Launches a kernel over the buffers of a batch once they are written. */
    @FunctionalInterface
    public interface Launch {
        OpenClEvent after(OpenClEvent written, OpenClBuffer job, OpenClBuffer hits);
    }

    /**
     * Queues one batch: the job's words, cleared hits, the launch, the reading of the hits.
     *
     * @param job writes the job's words from position 0 on
     * @param launch launches the kernel with the job's and the hits' buffer
     * @throws IllegalStateException if all slots are queued already
     */
    public Batch queue(NonceRange range, Consumer<IntBuffer> job, Launch launch) {
        Slot slot = free.poll();
        if (slot == null) {
            throw new IllegalStateException(slots.size() + " batches are queued already on " + context.deviceName());
        }
        job.accept(slot.job.mirror().position(0));
        slot.hits.mirror().put(0, 0).put(1, 0);
        try (OpenClEvent _ = slot.job.queueWrite();
                OpenClEvent written = slot.hits.queueWrite()) {
            OpenClEvent searched = launch.after(written, slot.job, slot.hits);
            OpenClEvent read = slot.hits.queueReadAfter(searched);
            context.flush();
            return () -> result(slot, range, searched, read);
        }
    }

    private BatchResult result(Slot slot, NonceRange range, OpenClEvent searched, OpenClEvent read) {
        try (searched;
                read) {
            read.await();
            IntBuffer hits = slot.hits.mirror();
            long counted = Integer.toUnsignedLong(hits.get(0));
            int kept = (int) Math.min(counted, HIT_CAPACITY);
            List<Long> nonces = new ArrayList<>(kept);
            for (int i = 0; i < kept; i++) {
                nonces.add(range.first() + Integer.toUnsignedLong(hits.get(HITS_BEFORE_OFFSETS + i)));
            }
            return new BatchResult(range, nonces, counted - kept, searched.deviceNanos());
        } finally {
            free.add(slot);
        }
    }

    @Override
    public void close() {
        for (Slot slot : slots) {
            slot.job.close();
            slot.hits.close();
        }
    }
}

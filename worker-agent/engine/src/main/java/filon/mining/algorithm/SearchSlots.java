package filon.mining.algorithm;

import filon.mining.opencl.OpenClBuffer;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClEvent;
import filon.mining.opencl.OpenClKernel;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The buffers of the batches that are queued: for each the words of its job, and its hits; and one word that gives old work up. What they
 * hold is described in {@code search.cl}, which every search includes.
 *
 * <p>A launch waits for nothing but the one before it: the job lies on the device already where it is the same, and the hits were cleared
 * when they were last read. Belongs to its context's thread, but for {@link #giveUpBelow}.
 */
public final class SearchSlots implements AutoCloseable {
    /** As in {@code search.cl}. */
    public static final int HIT_CAPACITY = 255;

    /** One more than are queued, so that there is time to clear the hits of a batch. */
    private static final int SLOTS = Searcher.QUEUE_DEPTH + 1;

    private static final int HITS_COUNT = 0;
    private static final int HITS_LEFT_OUT = 2;
    private static final int HITS_OFFSETS = 3;
    private static final int ARGUMENT_JOB = 0;
    private static final int ARGUMENT_HITS = 1;
    private static final int ARGUMENT_NEWEST = 2;
    private static final int ARGUMENT_SERIAL = 3;

    private final OpenClContext context;
    private final BiConsumer<Work, IntBuffer> writer;
    private final List<Slot> slots = new ArrayList<>();
    private final Deque<Slot> free = new ArrayDeque<>();
    private final OpenClBuffer newest;
    private final LookTimes looks = new LookTimes();
    private volatile int newestSerial;
    private volatile Optional<Thread> waiter = Optional.empty();
    private boolean isClosed;

    /**
     * @param jobWords 32-bit words of a job
     * @param writer writes a work's job from the buffer's position on
     */
    public SearchSlots(OpenClContext context, int jobWords, BiConsumer<Work, IntBuffer> writer) {
        this.context = context;
        this.writer = writer;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new Slot(context.words(jobWords), context.words(HITS_OFFSETS + HIT_CAPACITY)));
        }
        free.addAll(slots);
        newest = context.words(1);
        newest.queueWrite().forEach(OpenClEvent::close);
    }

    /** Belongs to one batch at a time. */
    private static final class Slot {
        private final OpenClBuffer job;
        private final OpenClBuffer hits;
        private Optional<Work> written = Optional.empty();
        private List<OpenClEvent> cleared;

        Slot(OpenClBuffer job, OpenClBuffer hits) {
            this.job = job;
            this.hits = hits;
            this.cleared = hits.queueWrite(HITS_OFFSETS);
        }

        /** For the next batch; what it costs is done long before that is launched. */
        void clear() {
            for (int i = 0; i < HITS_OFFSETS; i++) {
                hits.mirror().put(i, 0);
            }
            cleared = hits.queueWrite(HITS_OFFSETS);
        }

        void close() {
            cleared.forEach(OpenClEvent::close);
            job.close();
            hits.close();
        }
    }

    /**
     * Queues one batch: where it is another than the slot's last, the job's words; the launch; the reading of the hits.
     *
     * @param kernel whose first four arguments are set here
     * @param launch sets the other arguments and launches the kernel after these events
     * @throws IllegalStateException if all slots are queued already
     */
    public Batch queue(
            Work work, NonceRange range, OpenClKernel kernel, Function<List<OpenClEvent>, OpenClEvent> launch) {
        if (free.size() <= SLOTS - Searcher.QUEUE_DEPTH) {
            throw new IllegalStateException(
                    Searcher.QUEUE_DEPTH + " batches are queued already on " + context.deviceName());
        }
        Slot slot = free.remove();
        kernel.setBuffer(ARGUMENT_JOB, slot.job);
        kernel.setBuffer(ARGUMENT_HITS, slot.hits);
        kernel.setBuffer(ARGUMENT_NEWEST, newest);
        kernel.setWord(ARGUMENT_SERIAL, work.serial());
        List<OpenClEvent> ready = ready(slot, work);
        OpenClEvent searched = launch.apply(ready);
        ready.forEach(OpenClEvent::close);
        OpenClEvent read = slot.hits.queueReadAfter(searched);
        context.flush();
        return () -> result(slot, range, searched, read);
    }

    /** What the launch has to wait for. */
    private List<OpenClEvent> ready(Slot slot, Work work) {
        List<OpenClEvent> ready = new ArrayList<>(slot.cleared);
        slot.cleared = List.of();
        if (!slot.written.equals(Optional.of(work))) {
            writer.accept(work, slot.job.mirror().position(0));
            slot.written = Optional.of(work);
            ready.addAll(slot.job.queueWrite());
        }
        return ready;
    }

    private long untilNextLookNanos(Work work) {
        boolean isGivenUp = Integer.compareUnsigned(work.serial(), newestSerial) < 0;
        return isGivenUp ? LookTimes.STEP_NANOS_MIN : looks.untilNextNanos(System.nanoTime());
    }

    private BatchResult result(Slot slot, NonceRange range, OpenClEvent searched, OpenClEvent read) {
        try (searched;
                read) {
            waiter = Optional.of(Thread.currentThread());
            read.awaitLooking(() -> untilNextLookNanos(slot.written.orElseThrow()));
            long now = System.nanoTime();
            IntBuffer hits = slot.hits.mirror();
            long counted = Integer.toUnsignedLong(hits.get(HITS_COUNT));
            int kept = (int) Math.min(counted, HIT_CAPACITY);
            List<Long> nonces = new ArrayList<>(kept);
            for (int i = 0; i < kept; i++) {
                nonces.add(range.first() + Integer.toUnsignedLong(hits.get(HITS_OFFSETS + i)));
            }
            long leftOut = Integer.toUnsignedLong(hits.get(HITS_LEFT_OUT));
            if (leftOut == 0) {
                looks.ended(now, searched.deviceNanos());
            } else {
                looks.endedEarly(now);
            }
            slot.clear();
            return new BatchResult(
                    range, nonces, counted - kept, leftOut, searched.waitedNanos(), searched.deviceNanos());
        } finally {
            free.add(slot);
        }
    }

    /** As {@link Searcher#giveUpBelow}. */
    public synchronized void giveUpBelow(int serial) {
        newestSerial = serial;
        waiter.ifPresent(LockSupport::unpark);
        if (!isClosed) {
            // of two writes at a time the first may take the second's number with it, which is as well
            newest.mirror().put(0, serial);
            newest.queueWrite().forEach(OpenClEvent::close);
            context.flush();
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        newest.close();
        slots.forEach(Slot::close);
    }
}

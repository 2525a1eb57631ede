package filon.mining.engine;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.BatchLength;
import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OutOfDeviceMemoryException;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps one device busy with the newest job: two batches are always in flight, even while the host looks late at those before. When a job comes, what is queued of the one before is given up: at most the batch that runs is finished.
 *
 * <p>Belongs to the one thread that owns the device. Each hit is computed again by the CPU before it becomes a share.
 */
final class SearchLoop {
    private static final int HITS_LOOKED_AT_MAX = 32;

    private final ProvedSearcher device;
    private final JobBoard board;
    private final Books books;
    private final Consumer<Share> shares;
    private final BatchLength length;
    private final ProofTarget proofTarget = new ProofTarget();
    private final Deque<Queued> queue = new ArrayDeque<>();
    private int serial;
    private Optional<PoolJob> job = Optional.empty();
    private Optional<PoolWork> work = Optional.empty();
    private Optional<Work> searched = Optional.empty();
    private NonceRanges ranges = NonceRanges.none();
    private Progress progress = Progress.READY;
    private boolean switchedWhileBusy;
    private long lastEndNanos;
    private volatile boolean stopping;
    private volatile boolean dismissed;

    /**
     * What a device's thread writes, for everybody to read.
     *
     * @param ticker monotonic nanoseconds
     */
    record Books(StateBook states, Tally tally, LongSupplier ticker) {}

    SearchLoop(ProvedSearcher device, JobBoard board, Books books, Consumer<Share> shares, Duration batchWanted) {
        this.device = device;
        this.board = board;
        this.books = books;
        this.shares = shares;
        Searcher searcher = device.searcher();
        this.length = new BatchLength(
                searcher.granularity(), searcher.batchLengthMax(), searcher.batchLengthFirst(), batchWanted);
    }

    /** @param isFirst of a job that came while another was searched */
    private record Queued(
            PoolWork work, Work searched, NonceRange range, Batch batch, long queuedNanos, boolean isFirst) {}

    /** Searches until {@link #stop}; every batch that was queued is awaited and counted. */
    void run() {
        books.states().idle();
        while (!stopping) {
            takeNewestJob();
            fillQueue();
            if (!queue.isEmpty()) {
                books.states().hashing();
                settle(queue.poll());
            } else if (progress.isReady()) {
                books.states().idle();
                board.awaitOtherThan(serial);
            }
        }
        while (!queue.isEmpty()) {
            settle(queue.poll());
        }
    }

    /** Asks for the end, from any thread. */
    void stop() {
        stopping = true;
        board.wake();
    }

    /** From any thread: whatever the device still says is not counted and not submitted; another has taken its place. */
    void dismiss() {
        dismissed = true;
        stop();
    }

    /** From any thread: what belongs to an older job need not be finished. */
    void giveUpBelow(int newest) {
        device.searcher().giveUpBelow(newest);
    }

    private void takeNewestJob() {
        JobBoard.Posted newest = board.current();
        if (newest.serial() != serial) {
            serial = newest.serial();
            job = newest.job();
            work = Optional.empty();
            searched = Optional.empty();
            ranges = NonceRanges.none();
            progress = Progress.READY;
            switchedWhileBusy = !queue.isEmpty();
        }
    }

    private void fillQueue() {
        try {
            while (queue.size() < Searcher.QUEUE_DEPTH) {
                Optional<NonceRange> range = nextRange();
                if (range.isEmpty()) {
                    return;
                }
                queueBatch(range.get());
            }
        } catch (IllegalArgumentException | OutOfDeviceMemoryException unusable) {
            refuseJob(unusable.getMessage());
        }
    }

    private void queueBatch(NonceRange range) {
        if (queue.isEmpty()) {
            lastEndNanos = books.ticker().getAsLong();
        }
        if (searched.isEmpty() || proofTarget.isOutdated()) {
            Work ofPool = work.orElseThrow().work();
            searched = Optional.of(new Work(ofPool.header(), proofTarget.choose(ofPool.target()), serial));
        }
        long now = books.ticker().getAsLong();
        Batch batch = device.searcher().submit(searched.get(), range);
        queue.add(new Queued(work.orElseThrow(), searched.get(), range, batch, now, switchedWhileBusy));
        switchedWhileBusy = false;
    }

    /** What a pool sends is not our fault: the device waits for a job that it can search. */
    private void refuseJob(String why) {
        books.states().poolLost("job " + job.map(PoolJob::id).orElse("") + " of the pool cannot be searched: " + why);
        Optional<PoolJob> refused = job;
        job = Optional.empty();
        work = Optional.empty();
        ranges = NonceRanges.none();
        progress = Progress.READY;
        refused.ifPresent(each -> board.refuse(each, why));
    }

    private Optional<NonceRange> nextRange() {
        if (ranges.isEmpty() && job.isPresent()) {
            work = job.get().next();
            searched = Optional.empty();
            if (work.isEmpty()) {
                books.states().poolLost("job " + job.get().id() + " is used up and the pool sends no other");
                return Optional.empty();
            }
            ranges = new NonceRanges(work.get().nonces());
        }
        return isPrepared() ? ranges.take(length.current()) : Optional.empty();
    }

    /** Whether the device has what the work reads; where not, one more step towards it is taken, hashing nothing. */
    private boolean isPrepared() {
        if (work.isEmpty()) {
            return true;
        }
        Header header = work.get().work().header();
        if (device.isProvedFor(header)) {
            progress = device.searcher().prepare(header);
        } else if (queue.isEmpty()) {
            progress = device.prepare(header);
        } else {
            return false;
        }
        if (!progress.isReady() && queue.isEmpty()) {
            switchedWhileBusy = false;
            books.states().preparing(progress.what() + ": " + progress.percent() + " %");
        }
        return progress.isReady();
    }

    private void settle(Queued queued) {
        BatchResult result = queued.batch().await();
        if (dismissed) {
            return;
        }
        long now = books.ticker().getAsLong();
        if (result.leftOut() == 0) {
            length.took(result.tried(), result.deviceNanos());
            proofTarget.tried(result.tried(), now - lastEndNanos);
        }
        lastEndNanos = now;
        books.tally().batchDone(result.tried(), result.leftOut(), result.deviceNanos(), now);
        if (queued.isFirst() && result.leftOut() == 0) {
            books.tally()
                    .jobSwitched(queued.queuedNanos()
                            + result.waitedNanos()
                            - queued.work().job().receivedNanos());
        }
        device.tried(queued.searched(), result.tried());
        List<Long> hits = result.nonces();
        List<Long> lookedAt = hits.subList(0, Math.min(hits.size(), HITS_LOOKED_AT_MAX));
        lookedAt.forEach(nonce -> look(queued, nonce, now));
        books.tally().surplus(result.lost() + hits.size() - lookedAt.size());
        device.inspect(now);
        device.prepareAhead(queued.searched().header(), now);
    }

    private void look(Queued queued, long nonce, long foundNanos) {
        Target pools = queued.work().work().target();
        Optional<Digest> digest = device.confirmed(queued.searched(), queued.range(), nonce);
        if (digest.isEmpty()) {
            books.tally().hardwareError();
            return;
        }
        books.tally().proof(queued.searched().target().hashesPerHit());
        if (pools.isMetBy(digest.get().hash()) && queued.work().counts(digest.get())) {
            books.tally().shareFound();
            byte[] solved = device.algorithm().solved(queued.searched().header(), nonce);
            shares.accept(queued.work().share(nonce, digest.get(), solved, foundNanos));
        }
    }
}

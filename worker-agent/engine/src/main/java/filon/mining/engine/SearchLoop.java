package filon.mining.engine;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.BatchLength;
import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Searcher;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps one device busy with the newest job: two batches are always queued, so that the device starts the next one while the
 * host looks at the last. A new job is in the next batch queued; the (at most two) queued before it run out.
 *
 * <p>Belongs to the one thread that owns the device. Each hit is computed again by the CPU before it becomes a share.
 */
final class SearchLoop {
    static final Duration BATCH_WANTED = Duration.ofMillis(100);
    private static final int SHARES_PER_BATCH_MAX = 32;

    private final ProofOfWork algorithm;
    private final ProvedSearcher device;
    private final JobBoard board;
    private final StateBook states;
    private final Tally tally;
    private final Consumer<Share> shares;
    private final LongSupplier ticker;
    private final BatchLength length;
    private final Deque<Queued> queue = new ArrayDeque<>();
    private Optional<PoolJob> job = Optional.empty();
    private Optional<PoolWork> work = Optional.empty();
    private NonceRanges ranges = NonceRanges.none();
    private Progress progress = Progress.READY;
    private long lastEndNanos;
    private volatile boolean stopping;

    SearchLoop(
            ProofOfWork algorithm,
            ProvedSearcher device,
            JobBoard board,
            StateBook states,
            Tally tally,
            Consumer<Share> shares,
            LongSupplier ticker) {
        this.algorithm = algorithm;
        this.device = device;
        this.board = board;
        this.states = states;
        this.tally = tally;
        this.shares = shares;
        this.ticker = ticker;
        Searcher searcher = device.searcher();
        this.length = new BatchLength(
                searcher.granularity(), searcher.batchLengthMax(), searcher.batchLengthFirst(), BATCH_WANTED);
    }

    private record Queued(PoolWork work, NonceRange range, Batch batch) {}

    /** Searches until {@link #stop}; every batch that was queued is awaited and counted. */
    void run() {
        states.idle();
        while (!stopping) {
            takeNewestJob();
            fillQueue();
            if (!queue.isEmpty()) {
                states.hashing();
                settle(queue.poll());
            } else if (progress.isReady()) {
                states.idle();
                board.awaitOtherThan(job);
            }
        }
        while (!queue.isEmpty()) {
            settle(queue.poll());
        }
    }

    void stop() {
        stopping = true;
        board.wake();
    }

    private void takeNewestJob() {
        Optional<PoolJob> newest = board.current();
        if (!newest.equals(job)) {
            job = newest;
            work = Optional.empty();
            ranges = NonceRanges.none();
            progress = Progress.READY;
        }
    }

    private void fillQueue() {
        while (queue.size() < Searcher.QUEUE_DEPTH) {
            Optional<NonceRange> range = nextRange();
            if (range.isEmpty()) {
                return;
            }
            if (queue.isEmpty()) {
                lastEndNanos = ticker.getAsLong();
            }
            Batch batch = device.searcher().submit(work.orElseThrow().work(), range.get());
            queue.add(new Queued(work.orElseThrow(), range.get(), batch));
        }
    }

    private Optional<NonceRange> nextRange() {
        if (ranges.isEmpty() && job.isPresent()) {
            work = job.get().next();
            if (work.isEmpty()) {
                states.poolLost("job " + job.get().id() + " is used up and the pool sends no other");
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
            states.preparing(progress.what() + ": " + progress.percent() + " %");
        }
        return progress.isReady();
    }

    private void settle(Queued queued) {
        BatchResult result = queued.batch().await();
        long now = ticker.getAsLong();
        length.took(queued.range().count(), now - lastEndNanos);
        lastEndNanos = now;
        tally.batchDone(queued.range().count(), now);
        int submitted = 0;
        Header header = queued.work().work().header();
        for (long nonce : result.nonces()) {
            Optional<Digest> digest = device.confirmed(queued.work().work(), queued.range(), nonce);
            if (digest.isEmpty()) {
                tally.hardwareError();
            } else if (submitted < SHARES_PER_BATCH_MAX) {
                submitted++;
                shares.accept(queued.work().share(nonce, digest.get(), algorithm.solved(header, nonce), now));
            } else {
                tally.surplus(1);
            }
        }
        tally.surplus(result.lost());
    }
}

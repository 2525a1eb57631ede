package filon.mining.engine;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.BatchLength;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/** Measures a kernel as the search loop runs it: two batches queued, nothing else. */
public final class Benchmark {
    private static final int SLICES = 10;

    private final ProofOfWork algorithm;
    private final Searcher searcher;
    private final LongSupplier ticker;
    private final BatchLength length;

    public Benchmark(ProofOfWork algorithm, Searcher searcher, LongSupplier ticker, Duration batchWanted) {
        this.algorithm = algorithm;
        this.searcher = searcher;
        this.ticker = ticker;
        this.length = new BatchLength(
                searcher.granularity(), searcher.batchLengthMax(), searcher.batchLengthFirst(), batchWanted);
    }

    /**
     * @param hashes nonces of batches that ended within the time
     * @param nanos time on the wall
     * @param deviceNanos time the kernel ran, by the device's own clock
     * @param slices hashes per second in each slice of about a tenth of the time, in order of size
     */
    public record Result(long hashes, long nanos, long deviceNanos, List<Double> slices) {
        public Result {
            slices = slices.stream().sorted().toList();
        }

        /** The least, the median and the most of the slices. */
        public List<Double> spread() {
            return List.of(slices.getFirst(), slices.get(slices.size() / 2), slices.getLast());
        }

        public double hashesPerSecond() {
            return hashes / (nanos / 1e9);
        }
    }

    private record Queued(Batch batch, long count) {}

    /** Runs for at least this long, after a tenth of it that does not count; the header is prepared. */
    public Result run(Header header, Duration time) {
        slice(header, time.dividedBy(10));
        return slice(header, time);
    }

    /** Runs for at least this long; the first batch is as long as the last of the slice before. */
    public Result slice(Header header, Duration time) {
        Work work = new Work(header, new Target(new byte[Target.LENGTH]));
        NonceSpace space = NonceSpace.ofBits(algorithm.nonceBits());
        NonceRanges ranges = new NonceRanges(space);
        Deque<Queued> queue = new ArrayDeque<>();
        long begin = ticker.getAsLong();
        long end = begin;
        long hashes = 0;
        long deviceNanos = 0;
        long sliceBegin = begin;
        long sliceHashes = 0;
        List<Double> slices = new ArrayList<>();
        while (end - begin < time.toNanos() || !queue.isEmpty()) {
            while (queue.size() < Searcher.QUEUE_DEPTH && end - begin < time.toNanos()) {
                if (ranges.isEmpty()) {
                    ranges = new NonceRanges(space);
                }
                NonceRange range = ranges.take(length.current()).orElseThrow();
                queue.add(new Queued(searcher.submit(work, range), range.count()));
            }
            Queued oldest = queue.remove();
            long tookNanos = oldest.batch().await().deviceNanos();
            deviceNanos += tookNanos;
            length.took(oldest.count(), tookNanos);
            end = ticker.getAsLong();
            hashes += oldest.count();
            sliceHashes += oldest.count();
            if (end - sliceBegin >= time.toNanos() / SLICES) {
                slices.add(sliceHashes / ((end - sliceBegin) / 1e9));
                sliceBegin = end;
                sliceHashes = 0;
            }
        }
        if (slices.isEmpty()) {
            slices.add(hashes / ((end - begin) / 1e9));
        }
        return new Result(hashes, end - begin, deviceNanos, slices);
    }
}

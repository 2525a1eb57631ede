package filon.mining.engine;

import java.util.concurrent.atomic.AtomicLong;

/** What the device has done since the miner started; counts only what is finished. Written by the device's thread. */
public final class Tally {
    private final AtomicLong hashes = new AtomicLong();
    private final AtomicLong hardwareErrors = new AtomicLong();
    private final AtomicLong surplusHits = new AtomicLong();
    private volatile long lastBatchNanos;

    void batchDone(long count, long atNanos) {
        hashes.addAndGet(count);
        lastBatchNanos = atNanos;
    }

    void hardwareError() {
        hardwareErrors.incrementAndGet();
    }

    void surplus(long hits) {
        surplusHits.addAndGet(hits);
    }

    /** Nonces of finished batches. */
    public long hashes() {
        return hashes.get();
    }

    /** Hits of the device that the CPU found wrong; none of them was submitted. */
    public long hardwareErrors() {
        return hardwareErrors.get();
    }

    /** Hits that a pool's far too easy target brought and that were not submitted. */
    public long surplusHits() {
        return surplusHits.get();
    }

    /** When the last batch ended, on the monotonic clock; zero before the first. */
    public long lastBatchNanos() {
        return lastBatchNanos;
    }
}

package filon.mining.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;

/** What a device has done since its miner started; counts only what is finished. Written by the device's thread. */
public final class Tally {
    private final AtomicLong hashes = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong busyNanos = new AtomicLong();
    private final AtomicLong proofs = new AtomicLong();
    private final DoubleAdder provenHashes = new DoubleAdder();
    private final AtomicLong found = new AtomicLong();
    private final AtomicLong hardwareErrors = new AtomicLong();
    private final AtomicLong surplusHits = new AtomicLong();
    private final AtomicLong restarts = new AtomicLong();
    private final Latencies jobSwitches = new Latencies();
    private volatile long lastBatchNanos;
    private volatile long lastDeviceNanos;

    void batchDone(long tried, long leftOutOfIt, long deviceNanos, long atNanos) {
        hashes.addAndGet(tried);
        leftOut.addAndGet(leftOutOfIt);
        batches.incrementAndGet();
        busyNanos.addAndGet(deviceNanos);
        lastDeviceNanos = deviceNanos;
        lastBatchNanos = atNanos;
    }

    void proof(double worthHashes) {
        proofs.incrementAndGet();
        provenHashes.add(worthHashes);
    }

    void shareFound() {
        found.incrementAndGet();
    }

    void hardwareError() {
        hardwareErrors.incrementAndGet();
    }

    void surplus(long hits) {
        surplusHits.addAndGet(hits);
    }

    void restarted() {
        restarts.incrementAndGet();
    }

    void jobSwitched(long nanos) {
        jobSwitches.add(nanos);
    }

    /** Nonces of finished batches, but for those left out. */
    public long hashes() {
        return hashes.get();
    }

    /** Nonces that were queued for a job and not tried, as another job came first. */
    public long leftOut() {
        return leftOut.get();
    }

    public long batches() {
        return batches.get();
    }

    /** How long kernels ran, by the device's own clock. */
    public long busyNanos() {
        return busyNanos.get();
    }

    /** Hits that the CPU found right, shares or not. */
    public long proofs() {
        return proofs.get();
    }

    /** How many hashes so many proofs take on average; as far from {@link #hashes} as chance brings them. */
    public double provenHashes() {
        return provenHashes.sum();
    }

    /** Proofs that meet the pool's target and were handed over for it. */
    public long sharesFound() {
        return found.get();
    }

    /** Hits of the device that the CPU found wrong; none of them was submitted. */
    public long hardwareErrors() {
        return hardwareErrors.get();
    }

    /** Hits that a pool's far too easy target brought and that were neither looked at nor submitted. */
    public long surplusHits() {
        return surplusHits.get();
    }

    /** How often the device was started again after it hung or was lost. */
    public long restarts() {
        return restarts.get();
    }

    /** From a job's line to the start of its first batch, of jobs that came while the device searched another. */
    public Latencies jobSwitches() {
        return jobSwitches;
    }

    /** How long the last batch's kernel ran. */
    long lastDeviceNanos() {
        return lastDeviceNanos;
    }

    /** When the last batch ended, on the monotonic clock; zero before the first. */
    public long lastBatchNanos() {
        return lastBatchNanos;
    }
}

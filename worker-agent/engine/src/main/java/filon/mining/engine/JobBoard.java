package filon.mining.engine;

import filon.mining.pool.PoolJob;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** Where the pool's thread puts the newest job and the devices' threads find it. Each change has a serial number, from 1 on. */
final class JobBoard {
    private static final long PATIENCE_NANOS = 200_000_000;

    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final BiConsumer<PoolJob, String> refusals;
    private volatile Posted current = new Posted(0, Optional.empty());

    /** @param serial whatever belongs to a lower one is worthless */
    record Posted(int serial, Optional<PoolJob> job) {}

    JobBoard() {
        this((_, _) -> {});
    }

    /** @param refusals hears which job the device cannot search, and why */
    JobBoard(BiConsumer<PoolJob, String> refusals) {
        this.refusals = refusals;
    }

    /** The device cannot search this job. */
    void refuse(PoolJob job, String why) {
        refusals.accept(job, why);
    }

    /** @return the serial number of the change */
    int put(PoolJob job) {
        return post(Optional.of(job));
    }

    /** Takes the job away: its pool is lost. */
    int clear() {
        return post(Optional.empty());
    }

    /** One thread at a time: the pool's. */
    private synchronized int post(Optional<PoolJob> job) {
        current = new Posted(current.serial() + 1, job);
        wake();
        return current.serial();
    }

    Posted current() {
        return current;
    }

    /** Waits until something other than this is there, or until {@link #wake}, or for no reason. */
    void awaitOtherThan(int serial) {
        if (readers.add(Thread.currentThread())) {
            readers.removeIf(reader -> !reader.isAlive()); // of devices that were started again
        }
        if (current.serial() == serial) {
            LockSupport.parkNanos(this, PATIENCE_NANOS);
        }
    }

    void wake() {
        readers.forEach(LockSupport::unpark);
    }
}

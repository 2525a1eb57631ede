package filon.mining.engine;

import filon.mining.pool.PoolJob;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Where the pool's thread puts the newest job and the device's thread finds it. */
final class JobBoard {
    private static final long PATIENCE_NANOS = 200_000_000;

    private volatile Optional<PoolJob> current = Optional.empty();
    private volatile Thread reader;

    void put(PoolJob job) {
        current = Optional.of(job);
        LockSupport.unpark(reader);
    }

    void clear() {
        current = Optional.empty();
    }

    Optional<PoolJob> current() {
        return current;
    }

    /** Waits until there is a job other than this one, or until {@link #wake}, or for no reason. */
    void awaitOtherThan(Optional<PoolJob> seen) {
        reader = Thread.currentThread();
        Optional<PoolJob> now = current;
        if (now.isEmpty() || now.equals(seen)) {
            LockSupport.parkNanos(this, PATIENCE_NANOS);
        }
    }

    void wake() {
        LockSupport.unpark(reader);
    }
}

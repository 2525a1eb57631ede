package filon.mining.pool;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Target;
import java.util.Optional;

/** A job of a pool: a supply of work that no other session of this pool has. Safe for any thread. */
public interface PoolJob {
    JobTerms terms();

    /** Work never handed out before; empty when the job is used up. */
    Optional<PoolWork> next();

    default String id() {
        return terms().id();
    }

    default PoolAddress pool() {
        return terms().place().pool().address();
    }

    default Target target() {
        return terms().target();
    }

    /** When the pool's line that brought it was read, on the monotonic clock. */
    default long receivedNanos() {
        return terms().place().receivedNanos();
    }

    /** Whether everything before this job became worthless with it. */
    default boolean isClean() {
        return terms().isClean();
    }
}

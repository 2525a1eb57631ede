package filon.mining.engine;

import filon.mining.algorithm.NonceRange;
import java.util.Optional;

/** Cuts the nonces of one work into ranges that neither overlap nor leave one out. Belongs to one thread. */
final class NonceRanges {
    private final long nonceCount;
    private long next;

    NonceRanges(long nonceCount) {
        this.nonceCount = nonceCount;
    }

    boolean isEmpty() {
        return next == nonceCount;
    }

    /** The next nonces, as many as asked for or as are left; empty when none are. */
    Optional<NonceRange> take(long count) {
        if (next == nonceCount) {
            return Optional.empty();
        }
        NonceRange range = new NonceRange(next, Math.min(count, nonceCount - next));
        next = range.end();
        return Optional.of(range);
    }
}

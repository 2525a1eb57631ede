package filon.mining.engine;

import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.NonceSpace;
import java.util.Optional;

/** Cuts a nonce space into ranges that neither overlap nor leave one out. Belongs to one thread. */
final class NonceRanges {
    private final long last;
    private long next;
    private boolean isEmpty;

    private NonceRanges(long first, long last, boolean isEmpty) {
        this.next = first;
        this.last = last;
        this.isEmpty = isEmpty;
    }

    NonceRanges(NonceSpace space) {
        this(space.first(), space.last(), false);
    }

    /** With no nonce in it. */
    static NonceRanges none() {
        return new NonceRanges(0, 0, true);
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** The next nonces, as many as asked for or as are left; empty when none are. */
    Optional<NonceRange> take(long count) {
        if (isEmpty) {
            return Optional.empty();
        }
        // how many come after the next one fits 64 bits even where how many there are does not
        long behind = last - next;
        long taken = Long.compareUnsigned(count - 1, behind) < 0 ? count : behind + 1;
        NonceRange range = new NonceRange(next, taken);
        isEmpty = range.last() == last;
        next = range.last() + 1;
        return Optional.of(range);
    }
}

package filon.practice.book;

/** Why a pool refuses, with the numbers that Stratum pools usually give; a dialect may say it with others. */
public enum PoolError {
    OTHER(20),
    STALE(21),
    DUPLICATE(22),
    LOW_DIFFICULTY(23),
    UNAUTHORISED(24),
    NOT_SUBSCRIBED(25),
    /** A nonce outside of what this connection was given. */
    OUT_OF_RANGE(20),
    /** The second result of a proof of work of two is wrong. */
    WRONG_MIX(20),
    /** A hash that belongs to another chain than its job. */
    WRONG_CHAIN(20),
    /** A right share that a fault refuses. */
    WILFUL(20);

    private final int code;

    PoolError(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}

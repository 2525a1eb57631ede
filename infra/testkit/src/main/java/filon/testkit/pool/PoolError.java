package filon.testkit.pool;

/** Why a pool refuses, with the field's usual numbers. */
public enum PoolError {
    OTHER(20),
    STALE(21),
    DUPLICATE(22),
    LOW_DIFFICULTY(23),
    UNAUTHORISED(24),
    NOT_SUBSCRIBED(25);

    private final int code;

    PoolError(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}

package filon.mining.pool;

import java.io.IOException;

/** A pool does not want this miner, and says so. */
public final class PoolRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final What what;

    /** What it refuses. */
    public enum What {
        SUBSCRIPTION,
        USER
    }

    public PoolRefusedException(What what, String message) {
        super(message);
        this.what = what;
    }

    public What what() {
        return what;
    }
}

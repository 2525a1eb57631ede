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

    private PoolRefusedException(What what, String message) {
        super(message);
        this.what = what;
    }

    public static PoolRefusedException ofUser(String user, String why) {
        return new PoolRefusedException(What.USER, "the pool refuses user " + user + ": " + why);
    }

    /** @param subscription as the dialect calls it */
    public static PoolRefusedException ofSubscription(String subscription, String why) {
        return new PoolRefusedException(What.SUBSCRIPTION, "the pool refuses " + subscription + ": " + why);
    }

    public What what() {
        return what;
    }
}

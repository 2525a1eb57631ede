package filon.mining.pool;

import filon.contracts.value.PoolAddress;
import java.io.IOException;
import java.time.Duration;

/** A pool asked its miner to come back elsewhere, and may. */
public final class PoolMovedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient PoolAddress address;
    private final Duration pause;

    public PoolMovedException(PoolAddress address, Duration pause) {
        super("the pool asks to reconnect at " + address + " after " + pause.toSeconds() + " s");
        this.address = address;
        this.pause = pause;
    }

    public PoolAddress address() {
        return address;
    }

    public Duration pause() {
        return pause;
    }
}

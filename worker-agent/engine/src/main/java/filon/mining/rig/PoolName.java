package filon.mining.rig;

import filon.mining.pool.PoolEvent;

/** The pool that a miner was last heard of; written by its pool's thread, read by any. */
public final class PoolName {
    private volatile String text = "";

    public void on(PoolEvent event) {
        if (event instanceof PoolEvent.NewJob arrived) {
            text = arrived.job().pool().toString();
        }
    }

    String text() {
        return text;
    }
}

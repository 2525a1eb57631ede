package filon.mining.pool;

/** Hears what happens at a pool. Called by the thread that serves the pool; does not block. */
@FunctionalInterface
public interface PoolListener {
    void on(PoolEvent event);
}

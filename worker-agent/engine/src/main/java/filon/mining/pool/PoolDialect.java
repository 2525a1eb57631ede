package filon.mining.pool;

import filon.contracts.value.Pool;
import filon.mining.algorithm.PoolProtocol;

/** A way to speak with pools, found as a service ({@link java.util.ServiceLoader}). */
public interface PoolDialect {
    boolean speaks(PoolProtocol protocol);

    /** A session not yet connected; {@link PoolSession#run} connects it. */
    PoolSession session(Pool pool, PoolTerms terms, PoolListener listener);
}

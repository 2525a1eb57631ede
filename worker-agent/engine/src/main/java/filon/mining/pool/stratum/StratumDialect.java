package filon.mining.pool.stratum;

import filon.contracts.value.Pool;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolSession;
import filon.mining.pool.PoolTerms;

/** Stratum V1 for the algorithms whose pools send coinbase halves and merkle branches. */
public final class StratumDialect implements PoolDialect {
    @Override
    public boolean speaks(PoolProtocol protocol) {
        return protocol == PoolProtocol.STRATUM;
    }

    @Override
    public PoolSession session(Pool pool, PoolTerms terms, PoolListener listener) {
        return new StratumSession(pool, terms, listener);
    }
}

package filon.mining.pool.ethproxy;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolSession;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Wire;
import filon.mining.pool.line.LineSession;

/** ETHPROXY for the algorithms of the Ethereum family. */
public final class EthproxyDialect implements PoolDialect {
    @Override
    public String name() {
        return "ETHPROXY";
    }

    @Override
    public boolean speaks(PoolProtocol protocol, PoolAddress.Scheme scheme) {
        return protocol == PoolProtocol.ETHEREUM
                && switch (scheme) {
                    case STRATUM_TCP, STRATUM_SSL, ETHPROXY_TCP, ETHPROXY_SSL -> true;
                    case STRATUM1_TCP, STRATUM1_SSL, STRATUM2_TCP, STRATUM2_SSL -> false;
                };
    }

    @Override
    public int rank() {
        return 2;
    }

    @Override
    public PoolSession session(SessionTerms terms, Wire wire, PoolListener listener) {
        return new LineSession(terms, wire, listener, EthproxySpeech::new);
    }
}

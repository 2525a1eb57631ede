package filon.mining.pool.etherstratum;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolSession;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Wire;
import filon.mining.pool.line.LineSession;

/** Stratum V1 of the Ethereum family. */
public final class EtherstratumDialect implements PoolDialect {
    @Override
    public String name() {
        return "Ethereum's Stratum V1";
    }

    @Override
    public boolean speaks(PoolProtocol protocol, PoolAddress.Scheme scheme) {
        return protocol == PoolProtocol.ETHEREUM
                && switch (scheme) {
                    case STRATUM_TCP, STRATUM_SSL -> true;
                    case STRATUM1_TCP, STRATUM1_SSL, STRATUM2_TCP, STRATUM2_SSL, ETHPROXY_TCP, ETHPROXY_SSL -> false;
                };
    }

    @Override
    public int rank() {
        return 3;
    }

    @Override
    public PoolSession session(SessionTerms terms, Wire wire, PoolListener listener) {
        return new LineSession(terms, wire, listener, EtherstratumSpeech::new);
    }
}

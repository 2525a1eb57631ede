package filon.mining.pool.alephium;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolSession;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Wire;
import filon.mining.pool.line.LineSession;

/** Stratum as Alephium's pools speak it. */
public final class AlephiumDialect implements PoolDialect {
    @Override
    public String name() {
        return "Stratum for Alephium";
    }

    @Override
    public boolean speaks(PoolProtocol protocol, PoolAddress.Scheme scheme) {
        return protocol == PoolProtocol.ALEPHIUM
                && switch (scheme) {
                    case STRATUM_TCP, STRATUM_SSL, STRATUM1_TCP, STRATUM1_SSL -> true;
                    case STRATUM2_TCP, STRATUM2_SSL, ETHPROXY_TCP, ETHPROXY_SSL -> false;
                };
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public PoolSession session(SessionTerms terms, Wire wire, PoolListener listener) {
        return new LineSession(terms, wire, listener, AlephiumSpeech::new);
    }
}

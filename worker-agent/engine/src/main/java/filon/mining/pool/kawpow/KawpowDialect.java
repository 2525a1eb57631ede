package filon.mining.pool.kawpow;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolSession;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Wire;
import filon.mining.pool.line.LineSession;

/** Stratum as the pools of the ProgPoW family speak it. */
public final class KawpowDialect implements PoolDialect {
    @Override
    public String name() {
        return "Stratum for KawPow";
    }

    @Override
    public boolean speaks(PoolProtocol protocol, PoolAddress.Scheme scheme) {
        return protocol == PoolProtocol.PROGPOW
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
        return new LineSession(terms, wire, listener, KawpowSpeech::new);
    }
}

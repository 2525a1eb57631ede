package filon.mining.pool.stratum;

import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.line.LineDialect;

/** Stratum V1 for the algorithms whose pools send coinbase halves and merkle branches. */
public final class StratumDialect extends LineDialect {
    public StratumDialect() {
        super("Stratum V1", Reach.ofStratum(PoolProtocol.STRATUM), StratumSpeech::new);
    }
}

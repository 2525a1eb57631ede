package filon.mining.pool.kaspa;

import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.line.LineDialect;

/** Stratum as Kaspa's pools speak it. */
public final class KaspaDialect extends LineDialect {
    public KaspaDialect() {
        super("Stratum for Kaspa", Reach.ofStratum(PoolProtocol.KASPA), KaspaSpeech::new);
    }
}

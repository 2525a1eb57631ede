package filon.mining.pool.kawpow;

import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.line.LineDialect;

/** Stratum as the pools of the ProgPoW family speak it. */
public final class KawpowDialect extends LineDialect {
    public KawpowDialect() {
        super("Stratum for KawPow", Reach.ofStratum(PoolProtocol.PROGPOW), KawpowSpeech::new);
    }
}

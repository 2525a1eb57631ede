package filon.mining.pool.alephium;

import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.line.LineDialect;

/** Stratum as Alephium's pools speak it. */
public final class AlephiumDialect extends LineDialect {
    public AlephiumDialect() {
        super("Stratum for Alephium", Reach.ofStratum(PoolProtocol.ALEPHIUM), AlephiumSpeech::new);
    }
}

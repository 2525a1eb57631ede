package filon.mining.pool.ergo;

import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.line.LineDialect;

/** Stratum as Ergo's pools speak it. */
public final class ErgoDialect extends LineDialect {
    public ErgoDialect() {
        super("Stratum for Ergo", Reach.ofStratum(PoolProtocol.ERGO), ErgoSpeech::new);
    }
}

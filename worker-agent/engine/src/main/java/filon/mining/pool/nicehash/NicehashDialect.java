package filon.mining.pool.nicehash;

import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.line.LineDialect;

/** EthereumStratum/1.0.0 for the algorithms of the Ethereum family. */
public final class NicehashDialect extends LineDialect {
    public NicehashDialect() {
        super(NicehashSpeech.VERSION, new Reach(PoolProtocol.ETHEREUM, Reach.STRATUM1, 1), NicehashSpeech::new);
    }
}

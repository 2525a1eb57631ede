package filon.mining.pool.etherstratum;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.line.LineDialect;
import java.util.Set;

/** Stratum V1 of the Ethereum family. */
public final class EtherstratumDialect extends LineDialect {
    public EtherstratumDialect() {
        super(
                "Ethereum's Stratum V1",
                new Reach(
                        PoolProtocol.ETHEREUM,
                        Set.of(PoolAddress.Scheme.STRATUM_TCP, PoolAddress.Scheme.STRATUM_SSL),
                        3),
                EtherstratumSpeech::new);
    }
}

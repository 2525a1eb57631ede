package filon.mining.pool.ethproxy;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.line.LineDialect;
import java.util.Set;

/** ETHPROXY for the algorithms of the Ethereum family. */
public final class EthproxyDialect extends LineDialect {
    public EthproxyDialect() {
        super(
                "ETHPROXY",
                new Reach(
                        PoolProtocol.ETHEREUM,
                        Set.of(
                                PoolAddress.Scheme.STRATUM_TCP,
                                PoolAddress.Scheme.STRATUM_SSL,
                                PoolAddress.Scheme.ETHPROXY_TCP,
                                PoolAddress.Scheme.ETHPROXY_SSL),
                        2),
                EthproxySpeech::new);
    }
}

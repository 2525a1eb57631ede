package filon.mining.pool.ethereum2;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.line.LineDialect;
import java.util.Set;

/** EthereumStratum/2.0.0 for the algorithms of the Ethereum family. */
public final class Ethereum2Dialect extends LineDialect {
    public Ethereum2Dialect() {
        super(
                Ethereum2Speech.VERSION,
                new Reach(
                        PoolProtocol.ETHEREUM,
                        Set.of(
                                PoolAddress.Scheme.STRATUM_TCP,
                                PoolAddress.Scheme.STRATUM_SSL,
                                PoolAddress.Scheme.STRATUM2_TCP,
                                PoolAddress.Scheme.STRATUM2_SSL),
                        0),
                Ethereum2Speech::new);
    }
}

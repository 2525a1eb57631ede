package filon.mining.pool.stratum2;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolSession;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Wire;
import filon.mining.pool.noise.AuthorityKey;
import filon.mining.pool.noise.NoiseChannel;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Stratum V2, for {@code sha256d} at pools whose authority's key is known. */
public final class Stratum2Dialect implements PoolDialect {
    private static final String ALGORITHM = "sha256d";

    private final Clock clock;
    private final RandomGenerator random;

    /** By the clock of the machine. */
    public Stratum2Dialect() {
        this(Clock.systemUTC(), new SecureRandom());
    }

    /**
     * @param clock which tells whether a certificate is valid
     * @param random of which the keys of a connection are drawn
     */
    Stratum2Dialect(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "Stratum V2";
    }

    /** No TLS below it: it encrypts by itself. */
    @Override
    public boolean speaks(PoolProtocol protocol, PoolAddress.Scheme scheme) {
        return protocol == PoolProtocol.STRATUM && scheme == PoolAddress.Scheme.STRATUM2_TCP;
    }

    @Override
    public Optional<String> obstacle(ProofOfWork algorithm, PoolAddress address) {
        if (!algorithm.name().equals(ALGORITHM)) {
            return Optional.of("pools of " + algorithm.name() + " do not speak Stratum V2, which is for " + ALGORITHM
                    + " alone, but " + address + " asks for it");
        }
        if (address.authorityKey().isEmpty()) {
            return Optional.of("pool address " + address + " lacks the key of the pool's authority: "
                    + address.scheme().label() + "://host:port/KEY, as the pool publishes it");
        }
        try {
            AuthorityKey.of(address.authorityKey());
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.of("pool address " + address + ": " + malformed.getMessage());
        }
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public PoolSession session(SessionTerms terms, Wire wire, PoolListener listener) {
        AuthorityKey authority = AuthorityKey.of(terms.order().address().authorityKey());
        return new Stratum2Session(
                terms, listener, new Stratum2Wire(NoiseChannel.initiator(authority, clock, random), wire));
    }
}

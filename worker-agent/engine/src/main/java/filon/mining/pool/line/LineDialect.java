package filon.mining.pool.line;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.PoolProtocol;
import filon.mining.pool.PoolDialect;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolSession;
import filon.mining.pool.SessionTerms;
import filon.mining.pool.Wire;
import java.util.Set;
import java.util.function.Function;

/** A dialect in lines of JSON: what is said, and to whom. Each has a class of its own, as services are found by their classes. */
public abstract class LineDialect implements PoolDialect {
    private final String name;
    private final Reach reach;
    private final Function<Talk, Speech> speech;

    /**
     * Whom a dialect is spoken with.
     *
     * @param rank as {@link PoolDialect#rank}
     */
    public record Reach(PoolProtocol protocol, Set<PoolAddress.Scheme> schemes, int rank) {
        /** Stratum, whose version the address may name. */
        public static final Set<PoolAddress.Scheme> STRATUM1 = Set.of(
                PoolAddress.Scheme.STRATUM_TCP,
                PoolAddress.Scheme.STRATUM_SSL,
                PoolAddress.Scheme.STRATUM1_TCP,
                PoolAddress.Scheme.STRATUM1_SSL);

        public Reach {
            schemes = Set.copyOf(schemes);
        }

        /** All pools of a family that speaks nothing but a Stratum of its own. */
        public static Reach ofStratum(PoolProtocol protocol) {
            return new Reach(protocol, STRATUM1, 0);
        }
    }

    /**
     * @param name as people know it, with its version
     * @param speech what is said and understood
     */
    protected LineDialect(String name, Reach reach, Function<Talk, Speech> speech) {
        this.name = name;
        this.reach = reach;
        this.speech = speech;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean speaks(PoolProtocol protocol, PoolAddress.Scheme scheme) {
        return protocol == reach.protocol() && reach.schemes().contains(scheme);
    }

    @Override
    public int rank() {
        return reach.rank();
    }

    @Override
    public PoolSession session(SessionTerms terms, Wire wire, PoolListener listener) {
        return new LineSession(terms, wire, listener, speech);
    }
}

package filon.practice.dialect;

import filon.mining.algorithm.PoolProtocol;
import filon.mining.algorithm.ProofOfWork;
import filon.practice.name.TypedName;
import java.util.Arrays;
import java.util.function.Function;

/** A way for pools and miners to speak. */
public enum Dialect implements TypedName {
    /** Bitcoin's Stratum, with BIP 310. */
    STRATUM1("stratum+tcp", PoolProtocol.STRATUM, Stratum1::new),
    /** Bitcoin's encrypted Stratum V2, with one standard channel; sha256d alone. */
    STRATUM2("stratum2+tcp", PoolProtocol.STRATUM, Stratum2::new),
    /** EthereumStratum/1.0.0 of NiceHash. */
    ETHEREUM1("stratum1+tcp", PoolProtocol.ETHEREUM, Ethereum1Talk::side),
    /** Ethereum's getWork over a line. */
    ETHPROXY("ethproxy+tcp", PoolProtocol.ETHEREUM, EthproxyTalk::side),
    /** EthereumStratum/2.0.0, EIP-1571. */
    ETHEREUM2("stratum2+tcp", PoolProtocol.ETHEREUM, Ethereum2Talk::side),
    /** Stratum V1 with Ethereum's work. */
    ETHEREUM_PLAIN("stratum+tcp", PoolProtocol.ETHEREUM, EthereumPlainTalk::side),
    /** Ravencoin's pools. */
    KAWPOW("stratum+tcp", PoolProtocol.PROGPOW, KawpowTalk::side),
    /** Ergo's pools. */
    ERGO("stratum+tcp", PoolProtocol.ERGO, ErgoTalk::side),
    /** Alephium's pools. */
    ALEPHIUM("stratum+tcp", PoolProtocol.ALEPHIUM, AlephiumSide::new),
    /** Kaspa's pools. */
    KASPA("stratum+tcp", PoolProtocol.KASPA, KaspaTalk::side);

    private final String scheme;
    private final PoolProtocol protocol;
    private final Function<Terms, PoolSide> side;

    Dialect(String scheme, PoolProtocol protocol, Function<Terms, PoolSide> side) {
        this.scheme = scheme;
        this.protocol = protocol;
        this.side = side;
    }

    /** The first one that pools of these algorithms speak. */
    public static Dialect of(PoolProtocol protocol) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.speaks(protocol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dialect for " + protocol + " is known here"));
    }

    /** @throws IllegalArgumentException naming those that there are */
    public static Dialect of(String text) {
        return TypedName.of("dialect", text, values());
    }

    /** What an address of such a pool begins with. */
    public String scheme(boolean encrypted) {
        return encrypted ? scheme.replace("+tcp", "+ssl") : scheme;
    }

    private boolean speaks(PoolProtocol other) {
        return protocol == other;
    }

    public boolean speaks(ProofOfWork algorithm) {
        return speaks(algorithm.protocol()) && (this != STRATUM2 || Terms.isSha256d(algorithm));
    }

    public PoolProtocol protocol() {
        return protocol;
    }

    /** With its first job made. */
    public PoolSide side(Terms terms) {
        return side.apply(terms);
    }
}

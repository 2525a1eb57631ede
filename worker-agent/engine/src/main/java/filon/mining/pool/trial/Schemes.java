package filon.mining.pool.trial;

import filon.contracts.value.PoolAddress;

/** Schemes come in pairs: in clear, and over TLS. */
final class Schemes {
    private Schemes() {}

    /** The same pool in the other of the pair. */
    static PoolAddress other(PoolAddress address) {
        String text = address.toString();
        return PoolAddress.of(
                address.scheme().isEncrypted()
                        ? text.replaceFirst("\\+ssl://", "+tcp://")
                        : text.replaceFirst("\\+tcp://", "+ssl://").replaceFirst("(:[0-9]+)/.*$", "$1"));
    }
}

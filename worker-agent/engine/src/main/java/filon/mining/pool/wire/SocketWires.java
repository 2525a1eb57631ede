package filon.mining.pool.wire;

import filon.contracts.address.AddressRules;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.Wire;
import filon.mining.pool.WireListener;
import filon.mining.pool.Wires;
import java.time.Duration;

/** Wires over TCP, and TLS where the scheme says so. */
public final class SocketWires implements Wires {
    private final AddressRules rules;
    private final Duration connect;

    public SocketWires(PoolTerms terms) {
        this.rules = terms.rules();
        this.connect = terms.limits().connect();
    }

    @Override
    public Wire open(PoolOrder pool, WireListener listener) {
        SocketWire wire = new SocketWire(new SocketWire.Goal(pool, rules, connect), listener);
        wire.start();
        return wire;
    }
}

package filon.mining.pool;

/** Where wires come from: sockets; in a simulation, a script. */
@FunctionalInterface
public interface Wires {
    /** Begins to connect and does not wait; addresses are resolved and checked anew each time. */
    Wire open(PoolOrder pool, WireListener listener);
}

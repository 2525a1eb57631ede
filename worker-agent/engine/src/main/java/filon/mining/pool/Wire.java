package filon.mining.pool;

/** Bytes to one pool. Safe for any thread. */
public interface Wire {
    /** Queues bytes and never waits; a pool that does not read what it is sent loses the wire. */
    void send(byte[] bytes);

    void close();
}

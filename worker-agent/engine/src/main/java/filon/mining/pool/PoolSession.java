package filon.mining.pool;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said over one wire, from its opening to its end. Never reopened; belongs to the thread that serves pools, and never waits.
 *
 * <p>An {@link IOException} says why the session is over.
 */
public interface PoolSession {
    void opened() throws IOException;

    void received(byte[] bytes) throws IOException;

    /** Looks at the clock. */
    void tick() throws IOException;

    /** Sends a share of this session; its verdict comes as an event. */
    void submit(Share share);

    /**
     * What a share's job must have been made with for the share to count in this session too: where two sessions of one pool agree in it,
     * a share that had no answer in the first may be sent again in the second. Empty while not known, and where that cannot be.
     */
    Optional<String> identity();

    /** Sends a share again that was sent in a session of the same {@link #identity} and had no answer. */
    void settle(Share share);

    /** Asks for a sign of life, if there is a harmless question; whether it was asked. */
    boolean probe();

    /** Whether a pool that is well answers each share at once, so that a share without an answer tells that it is not. */
    default boolean answersEachShare() {
        return true;
    }

    /** What the pool and we agreed on, by its name in the dialect, for people to read; empty where nothing is to be told. */
    default Map<String, String> agreed() {
        return Map.of();
    }

    /** How many shares wait for their verdict. */
    int openShares();

    /** Ends what is open: shares without a verdict, oldest first. To be called once, last. */
    List<Share> end();
}

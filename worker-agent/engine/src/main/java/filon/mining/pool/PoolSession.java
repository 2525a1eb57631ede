package filon.mining.pool;

import java.io.IOException;

/** One connection to one pool, from its opening to its end. Never reopened. */
public interface PoolSession extends AutoCloseable {
    /**
     * Speaks with the pool until the session ends; events go to the listener it was opened with, on the calling thread.
     *
     * @throws IOException with the reason the session ended; it always ends so unless it was closed
     */
    void run() throws IOException;

    /** Sends a share without blocking; its verdict comes as an event. Safe for any thread. */
    void submit(Share share);

    /** Whether the session got as far as a job: what was wrong before is not wrong any more. */
    boolean hadJob();

    /** Ends the session from any thread. */
    @Override
    void close();
}

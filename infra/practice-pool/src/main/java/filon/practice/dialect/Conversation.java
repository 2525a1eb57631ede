package filon.practice.dialect;

import java.time.Duration;
import java.util.Optional;

/**
 * What a pool of one dialect says to one miner: bytes in, bytes out through its {@link Desk}, without a thread, a socket or a clock. The
 * framing is its own business.
 */
public interface Conversation {
    /** What the miner sent, in pieces of any size. */
    void heard(byte[] bytes);

    /** Whether the miner came so far that jobs are for it. */
    boolean isReady();

    /** Told to miners that are ready. */
    void push(Push push);

    /** After so long a silence of the miner the pool ends the connection. */
    Optional<Duration> patience();
}

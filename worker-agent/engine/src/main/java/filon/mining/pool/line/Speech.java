package filon.mining.pool.line;

import com.fasterxml.jackson.databind.node.ObjectNode;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * What one line dialect says and understands; the rest of a session is {@link LineSession}'s. Pure: lines come in, lines go out by
 * {@link Talk}.
 *
 * <p>Input that cannot be understood is an {@link IllegalArgumentException}: it is said, and the session goes on. An
 * {@link IOException} ends the session.
 */
public interface Speech {
    /** Greets the pool. */
    void open();

    /** A notice or a question of the pool. */
    void heard(LineMessage.Call call) throws IOException;

    /** An answer to nothing that was asked, as some pools push their jobs. */
    default void pushed(LineMessage.Reply reply) throws IOException {}

    /** The line that sends a share, without its id. */
    default ObjectNode submission(Share share) {
        return Talk.request("mining.submit", share.submission().toArray());
    }

    /** What the pool's answer to a share means where the dialect has words of its own. */
    default Optional<ShareVerdict> verdict(Share share, LineMessage.Reply reply) {
        return Optional.empty();
    }

    /** As {@link filon.mining.pool.PoolSession#identity}. */
    Optional<String> identity();

    /** As {@link filon.mining.pool.PoolSession#agreed}. */
    default Map<String, String> agreed() {
        return Map.of();
    }

    /** Asks a harmless question that pools answer; whether there is one. */
    boolean probe();

    /** Looks at the clock, for dialects that have to ask for work. */
    default void tick() throws IOException {}
}

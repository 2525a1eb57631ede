package filon.plumbing.inbox;

import java.util.List;

/**
 * Handles one decoded message at a time, inside the transaction that also notes it as heard.
 *
 * <p>May see messages late and out of order, never the same one twice.
 */
public interface MessageHandler {
    /** A stable name; offsets and noted ids belong to it. */
    String consumer();

    List<String> topics();

    /** @throws RuntimeException to undo everything; after three tries the record goes to the dead letters */
    void handle(Received received);
}

package filon.plumbing.inbox;

import java.util.List;

/** Handles raw records in batches of one partition, inside the transaction that also moves the offset. */
public interface RecordHandler {
    /** A stable name; offsets belong to it. */
    String consumer();

    List<String> topics();

    /**
     * @param batch in offset order, of one partition, not empty; of one record when an earlier try of a larger batch failed
     * @throws RuntimeException to undo everything; a single record that failed three times goes to the dead letters
     */
    void handle(List<RawRecord> batch);

    /**
     * Told of a record that failed three times, inside the transaction that puts it into the dead letters.
     *
     * @param reason of the last failure; must not make this one fail, or the record is tried for ever
     */
    default void givenUp(RawRecord record, String reason) {
        // most handlers have nobody to tell
    }
}

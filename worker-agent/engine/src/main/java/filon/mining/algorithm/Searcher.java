package filon.mining.algorithm;

import java.util.Optional;

/** An algorithm's kernel, built for one device. Belongs to one thread, except where said. */
public interface Searcher extends AutoCloseable {
    /** How many batches may be queued and not yet awaited. */
    int QUEUE_DEPTH = 4;

    /**
     * Takes one step, of about 50 ms on the device at most, towards being ready for this header: a part of its epoch's
     * table, or the program of its period. To be called until the progress is ready; at once so where nothing is missing.
     *
     * @throws filon.mining.opencl.OpenClException if the device has no room for the table; the message says how much it takes
     */
    default Progress prepare(Header header) {
        return Progress.READY;
    }

    /**
     * Gets ready for these nonces of this header and no others, in one go: of a table only what they read. For proving with
     * answers of an epoch whose whole table would take long.
     *
     * @throws filon.mining.opencl.OpenClException if the device has no room for the table
     */
    default void prepareOnly(Header header, NonceRange range) {}

    /**
     * Takes a step now and then towards what comes after this header: the next epoch's table, where memory has room for it.
     *
     * @param nowNanos on a monotonic clock
     */
    default void prepareAhead(Header header, long nowNanos) {}

    /** What a proof of this device holds for: the same for headers that are searched with the same program and table. */
    default Object basis(Header header) {
        return "";
    }

    /**
     * Looks now and then at a part of what was prepared, within {@link TableWatch#ROUND} at all of it, whether it is what it was.
     *
     * @param nowNanos on a monotonic clock
     * @return what is damaged, for people
     */
    default Optional<String> inspect(long nowNanos) {
        return Optional.empty();
    }

    /** Forgets what was prepared, because the device's answers say that it is damaged. */
    default void distrust() {}

    /**
     * The same kernel with another tuning, for trials: on the tables of this one, which is closed after it and alone prepares them. Empty
     * where there are no tables to share.
     */
    default Optional<Searcher> retuned(SearchTuning other) {
        return Optional.empty();
    }

    /**
     * Queues the search of a range and returns at once.
     *
     * @throws IllegalArgumentException if the range exceeds {@link #batchLengthMax()}
     * @throws IllegalStateException if {@link #QUEUE_DEPTH} batches are queued already, or the header is not prepared
     */
    Batch submit(Work work, NonceRange range);

    /**
     * Gives up all work of a serial number below this one: what of it is queued ends without being begun, what runs ends early. Safe for
     * any thread, until {@link #close} and after it.
     *
     * @param serial as an unsigned number; not below the one before
     */
    void giveUpBelow(int serial);

    /** Batches that are multiples of this waste nothing. */
    int granularity();

    /** Most nonces of one batch. */
    long batchLengthMax();

    /** Nonces of the first batch, before any was timed: few enough for a slow device, many enough to time one. */
    default long batchLengthFirst() {
        return Math.min(batchLengthMax(), 16L * granularity());
    }

    @Override
    void close();
}

package filon.mining.algorithm;

/** An algorithm's kernel, built for one device. Belongs to one thread; two batches may be queued at a time. */
public interface Searcher extends AutoCloseable {
    /** How many batches may be queued and not yet awaited. */
    int QUEUE_DEPTH = 2;

    /**
     * Queues the search of a range and returns at once.
     *
     * @throws IllegalArgumentException if the range exceeds {@link #batchLengthMax()}
     * @throws IllegalStateException if {@link #QUEUE_DEPTH} batches are queued already
     */
    Batch submit(Work work, NonceRange range);

    /** Batches that are multiples of this waste nothing. */
    int granularity();

    /** Most nonces of one batch. */
    long batchLengthMax();

    @Override
    void close();
}

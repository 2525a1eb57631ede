package filon.practice.dialect;

/** What all conversations of one pool have in common: the current job, extranonces, sessions. */
public interface PoolSide {
    /** Goes on to a job on a new block. */
    void nextBlock();

    /** Goes on to another job on the same block. */
    void nextJob();

    Conversation open(Desk desk);

    /** By what miners know the pool, as it follows the port in its address; empty where they take its word. */
    default String key() {
        return "";
    }
}

package filon.mining.algorithm;

/** A queued search. */
public interface Batch {
    /** Blocks until the device has searched the whole range; called once, in the order of submission. */
    BatchResult await();
}

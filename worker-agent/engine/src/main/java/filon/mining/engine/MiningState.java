package filon.mining.engine;

/** What a miner is doing; exactly one at any moment. */
public enum MiningState {
    /** The device is opened, the kernel built and proved with known answers, the table of an epoch built. */
    PREPARING,
    /** The device is ready and the first job is awaited. */
    CONNECTING,
    /** The device hashes a pool's job; the only state that earns. */
    RUNNING,
    /** No pool gives a job; the reason says why. Tried again without end. */
    NO_POOL,
    /** The device has a job and yet finishes no batch. */
    STALLED,
    /** Asked to end, or not allowed to go on. */
    STOPPING,
    /** The device cannot be used; the reason says why. Ends by itself. */
    FAILED
}

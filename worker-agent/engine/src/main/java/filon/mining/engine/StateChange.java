package filon.mining.engine;

/**
 * A miner entered a state.
 *
 * @param atNanos when, on the monotonic clock
 * @param hashes tried until then
 */
public record StateChange(MiningState state, String reason, long atNanos, long hashes) {}

package filon.mining.pool;

import filon.contracts.value.Pool;

/**
 * What tells a job of a session from its others.
 *
 * @param pool as the session reached it
 * @param generation grows with each job that makes those before it worthless
 * @param receivedNanos when its line was read
 */
public record JobPlace(Pool pool, long sessionId, long generation, long receivedNanos) {}

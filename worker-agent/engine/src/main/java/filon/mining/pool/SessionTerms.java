package filon.mining.pool;

import java.time.Duration;

/**
 * What a session is begun with.
 *
 * @param id of no other session of this process
 * @param order with the address that is really connected to
 * @param patience how long the pool may take to know us
 */
public record SessionTerms(long id, PoolOrder order, PoolTerms terms, PoolMemory memory, Duration patience) {}

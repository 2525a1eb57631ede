package filon.mining.pool;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * What a session is begun with.
 *
 * @param id of no other session of this process
 * @param order with the address that is really connected to
 * @param patience how long the pool may take to know us
 * @param rate hashes per second that the miner does for this pool; zero while it works for another, or where it is not known
 */
public record SessionTerms(
        long id, PoolOrder order, PoolTerms terms, PoolMemory memory, Duration patience, DoubleSupplier rate) {}

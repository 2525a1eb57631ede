package filon.mining.pool;

import filon.contracts.address.AddressRules;
import filon.mining.algorithm.ProofOfWork;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What holds for every session of one miner.
 *
 * @param rules which addresses may be connected to, asked anew on each connect
 * @param suggestedDifficulty asked of the pool, which may ignore it
 * @param ticker monotonic nanoseconds
 * @param random where search spaces start, and how far retries are spread
 */
public record PoolTerms(
        ProofOfWork algorithm,
        AddressRules rules,
        OptionalDouble suggestedDifficulty,
        PoolLimits limits,
        LongSupplier ticker,
        RandomGenerator random) {}

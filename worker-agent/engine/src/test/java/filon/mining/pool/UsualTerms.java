package filon.mining.pool;

import filon.contracts.address.AddressRules;
import filon.mining.algorithm.ProofOfWork;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** The terms of a miner who asks for nothing special. */
public final class UsualTerms {
    private UsualTerms() {}

    /** @param ticker monotonic nanoseconds */
    public static PoolTerms of(ProofOfWork algorithm, LongSupplier ticker) {
        return new PoolTerms(
                algorithm,
                AddressRules.publicOnly(),
                OptionalDouble.empty(),
                PoolLimits.USUAL,
                ticker,
                new SplittableRandom(1));
    }
}

package filon.mining.engine;

import filon.mining.algorithm.Target;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Chooses how easy a target the device searches: at least as easy as the pool's, and so easy that about {@value #PROOFS_PER_SECOND} hits
 * a second prove that it hashes at the rate it claims. Belongs to the device's thread.
 */
final class ProofTarget {
    static final double PROOFS_PER_SECOND = 2;
    private static final BigInteger CEILING = BigInteger.ONE.shiftLeft(256);
    private static final double MEMORY = 0.95;
    private static final double CHANGE_WORTH_IT = 2;

    private double lastHashes;
    private double lastSeconds;
    private double chosenFor;

    /** So many nonces took so long. Sums are kept, not rates: of batches that end together all but the first seem to take no time. */
    void tried(long hashes, long nanos) {
        lastHashes = MEMORY * lastHashes + hashes;
        lastSeconds = MEMORY * lastSeconds + nanos / 1e9;
    }

    private double hashesPerSecond() {
        return lastSeconds > 0 ? lastHashes / lastSeconds : 0;
    }

    /** Whether the rate is so much another that the device should have another target. */
    boolean isOutdated() {
        return hashesPerSecond() > CHANGE_WORTH_IT * chosenFor || hashesPerSecond() < chosenFor / CHANGE_WORTH_IT;
    }

    /** The easier one of the pool's and our own; the pool's while no rate is known. */
    Target choose(Target pools) {
        chosenFor = hashesPerSecond();
        double hashesPerProof = chosenFor / PROOFS_PER_SECOND;
        if (hashesPerProof < 1) {
            return pools;
        }
        Target ours = Target.of(new BigDecimal(CEILING)
                .divideToIntegralValue(BigDecimal.valueOf(hashesPerProof))
                .toBigInteger());
        return ours.compareTo(pools) > 0 ? ours : pools;
    }
}

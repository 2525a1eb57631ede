package filon.practice.journey;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Target;
import java.math.BigDecimal;

/** Difficulties for slow devices. */
final class Easy {
    private static final double HASHES_PER_SHARE = 20_000;

    private Easy() {}

    /** At which a share takes about 20,000 hashes, however pools of the algorithm count. */
    static double difficulty(ProofOfWork algorithm) {
        Target one = algorithm.targetOf(BigDecimal.ONE);
        return HASHES_PER_SHARE / one.hashesPerHit();
    }
}

package filon.practice.dialect;

import filon.mining.algorithm.ProofOfWork;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Set;

/**
 * What a pool's side of a dialect is made from.
 *
 * @param algorithm by whose CPU reference shares are judged
 * @param seed the same one makes the same jobs, extranonces and sessions
 * @param height of the first block
 * @param clock what jobs are dated with
 */
public record Terms(ProofOfWork algorithm, Set<Quirk> quirks, long seed, long height, Clock clock) {
    public Terms {
        quirks = Set.copyOf(quirks);
    }

    /** The highest number that counts at a difficulty; sha256d's is computed here, without the engine. */
    BigInteger targetOf(double difficulty) {
        if (isSha256d()) {
            return ShareCheck.targetOf(difficulty);
        }
        return algorithm.targetOf(BigDecimal.valueOf(difficulty)).number();
    }

    boolean isSha256d() {
        return isSha256d(algorithm);
    }

    static boolean isSha256d(ProofOfWork algorithm) {
        return algorithm.name().equals("sha256d");
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }
}

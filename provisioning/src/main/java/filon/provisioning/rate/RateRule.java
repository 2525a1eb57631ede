package filon.provisioning.rate;

import filon.contracts.value.HashRate;
import java.math.BigInteger;
import java.time.Duration;

/**
 * When a sample is too slow: a pure function of it and of the burn-in's median.
 *
 * @param sharePercent of the median that may be missing, 5 to 90
 */
record RateRule(int sharePercent) {
    /** Kernels are tuned, clocks and temperatures settle. */
    static final Duration WARM_UP = Duration.ofMinutes(5);

    RateRule {
        if (sharePercent < 5 || sharePercent > 90) {
            throw new IllegalArgumentException("filon.gpu.weakened-percent " + sharePercent + " is not within 5 to 90");
        }
    }

    /** Whether the sample says anything: a device that has just begun, or of which nothing was measured, is not judged. */
    boolean judges(RateSample sample) {
        return sample.rate().hashesPerSecond() > 0
                && !sample.at().isBefore(sample.runningSince().plus(WARM_UP));
    }

    boolean isSlow(HashRate rate, HashRate median) {
        return times(rate, 100).compareTo(times(median, 100 - sharePercent)) < 0;
    }

    private static BigInteger times(HashRate rate, int factor) {
        return BigInteger.valueOf(rate.hashesPerSecond()).multiply(BigInteger.valueOf(factor));
    }
}

package filon.mining.pool.stratum2;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The hash rate that a pool is told, from which it makes the first target: what to tell, and when it is worth telling anew. */
final class NominalRate {
    /** Hashes per second, told until the miner's own rate is known. */
    static final float GUESS = 1e9f;

    static final Duration PAUSE = Duration.ofMinutes(1);
    private static final double CHANGE = 1.25;

    private final DoubleSupplier rate;
    private float told = GUESS;
    private boolean isGuess = true;
    private long toldNanos;

    /** @param rate hashes per second; zero where it is not known */
    NominalRate(DoubleSupplier rate) {
        this.rate = rate;
    }

    /** What the pool is told now; the last that was told where the rate is not known. */
    float tell(long now) {
        double known = rate.getAsDouble();
        if (known > 0) {
            told = (float) known;
            isGuess = false;
        }
        toldNanos = now;
        return told;
    }

    boolean isWorthTelling(long now) {
        double known = rate.getAsDouble();
        boolean isOther = known > told * CHANGE || known < told / CHANGE;
        return known > 0 && isOther && (isGuess || now - toldNanos > PAUSE.toNanos());
    }
}

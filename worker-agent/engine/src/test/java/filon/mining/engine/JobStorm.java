package filon.mining.engine;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Jobs every 1 to 10 ms: clean or not, from far too easy to hopeless, with difficulties written oddly and extranonces that change. */
final class JobStorm implements JobScript {
    private static final int PAUSE_MILLIS_MAX = 10;
    private static final double CLEAN_SHARE = 0.5;
    private static final double NEW_DIFFICULTY_SHARE = 0.5;
    private static final double NEW_EXTRANONCE_SHARE = 0.1;
    private static final int EXPONENT_MAX = 9;
    private static final int OWN_LENGTH_MIN = 2;
    private static final int OWN_LENGTH_MAX = 8;
    private static final List<SentDifficulty> ODD = List.of(
            SentDifficulty.text("0.0005"),
            SentDifficulty.text("1e-5"),
            SentDifficulty.text("00.00010"),
            SentDifficulty.number("0.000020000000000000000000000000000000000000001"),
            SentDifficulty.number("1E-9"),
            SentDifficulty.number("1E+9"),
            SentDifficulty.number("1"),
            SentDifficulty.number("1e-300"),
            SentDifficulty.number("1e300"),
            SentDifficulty.nonsense("0"),
            SentDifficulty.nonsense("-1"),
            SentDifficulty.nonsense("null"),
            SentDifficulty.nonsense("true"),
            SentDifficulty.nonsense("[]"),
            SentDifficulty.nonsense("{\"difficulty\":1}"),
            SentDifficulty.nonsense("\"\""),
            SentDifficulty.nonsense("\"NaN\""),
            SentDifficulty.nonsense("\"0x10\""),
            SentDifficulty.nonsense("\"-0.5\""));

    private final RandomGenerator random;
    private Duration left;

    JobStorm(RandomGenerator random, Duration length) {
        this.random = random;
        this.left = length;
    }

    @Override
    public Optional<Step> next() {
        Duration pause = Duration.ofMillis(random.nextInt(1, PAUSE_MILLIS_MAX + 1));
        left = left.minus(pause);
        return left.isNegative() ? Optional.empty() : Optional.of(step(pause));
    }

    private Step step(Duration pause) {
        return new Step(pause, random.nextDouble() < CLEAN_SHARE, difficulty(), ownLength());
    }

    private Optional<SentDifficulty> difficulty() {
        if (random.nextDouble() >= NEW_DIFFICULTY_SHARE) {
            return Optional.empty();
        }
        return Optional.of(random.nextBoolean() ? ODD.get(random.nextInt(ODD.size())) : anyMagnitude());
    }

    private SentDifficulty anyMagnitude() {
        double difficulty = Math.pow(10, random.nextDouble(-EXPONENT_MAX, EXPONENT_MAX));
        return SentDifficulty.number(String.format(Locale.ROOT, random.nextBoolean() ? "%.12f" : "%.6e", difficulty));
    }

    private OptionalInt ownLength() {
        return random.nextDouble() < NEW_EXTRANONCE_SHARE
                ? OptionalInt.of(random.nextInt(OWN_LENGTH_MIN, OWN_LENGTH_MAX + 1))
                : OptionalInt.empty();
    }
}

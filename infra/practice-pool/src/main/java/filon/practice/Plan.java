package filon.practice;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Quirk;
import filon.practice.dialect.Terms;
import filon.practice.fault.FaultScript;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a pool is.
 *
 * @param algorithm judges shares; a test passes {@code reduced()}, so that tables are tiny
 * @param difficulty as pools of the algorithm count it
 * @param seed the same one makes the same jobs, extranonces, sessions and random faults
 * @param height of the first block
 * @param jobEvery a new job comes this often, and every sixth is on a new block; zero leaves both to the caller
 */
public record Plan(
        ProofOfWork algorithm,
        Dialect dialect,
        double difficulty,
        long seed,
        long height,
        Duration jobEvery,
        Set<Quirk> quirks,
        FaultScript faults) {

    public Plan {
        if (!dialect.speaks(algorithm)) {
            throw new IllegalArgumentException("pools of " + algorithm.name() + " do not speak " + dialect.text());
        }
        if (!(difficulty > 0) || Double.isInfinite(difficulty)) {
            throw new IllegalArgumentException("difficulty " + difficulty + " is not a positive number");
        }
        if (height < 1 || height > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("height " + height + " is not one of 1 to " + Integer.MAX_VALUE / 2);
        }
        if (jobEvery.isNegative()) {
            throw new IllegalArgumentException("job interval " + jobEvery + " is negative");
        }
        quirks = Set.copyOf(quirks);
        requireOne(quirks, Quirk.TWO_ELEMENT_ERRORS, Quirk.THREE_ELEMENT_ERRORS, Quirk.OBJECT_ERRORS);
        requireOne(quirks, Quirk.DECIMAL_TARGETS, Quirk.UNPADDED_TARGETS, Quirk.PADDED_TARGETS);
    }

    private static void requireOne(Set<Quirk> given, Quirk... alternatives) {
        List<String> both =
                Stream.of(alternatives).filter(given::contains).map(Quirk::text).toList();
        if (both.size() > 1) {
            throw new IllegalArgumentException("a pool has one of these quirks at most: " + both);
        }
    }

    /** With seed 1, jobs only when the caller says so, and no quirks. */
    public static Plan of(ProofOfWork algorithm, Dialect dialect, double difficulty) {
        return new Plan(
                algorithm, dialect, difficulty, 1, firstHeight(algorithm), Duration.ZERO, Set.of(), FaultScript.NONE);
    }

    /** Tables of the first blocks are the smallest. */
    private static long firstHeight(ProofOfWork algorithm) {
        return switch (algorithm.protocol()) {
            case STRATUM -> 900_000;
            case ERGO -> 600_000;
            case ETHEREUM, PROGPOW, ALEPHIUM, KASPA -> 1_000;
        };
    }

    /** A pool of sha256d that speaks Stratum V1. */
    public static Plan ofSha256d(double difficulty) {
        return of(ProofsOfWork.of("sha256d"), Dialect.STRATUM1, difficulty);
    }

    public Plan withSeed(long other) {
        return new Plan(algorithm, dialect, difficulty, other, height, jobEvery, quirks, faults);
    }

    public Plan withHeight(long other) {
        return new Plan(algorithm, dialect, difficulty, seed, other, jobEvery, quirks, faults);
    }

    public Plan withJobEvery(Duration other) {
        return new Plan(algorithm, dialect, difficulty, seed, height, other, quirks, faults);
    }

    public Plan with(Quirk... some) {
        return new Plan(algorithm, dialect, difficulty, seed, height, jobEvery, Set.of(some), faults);
    }

    public Plan with(FaultScript script) {
        return new Plan(algorithm, dialect, difficulty, seed, height, jobEvery, quirks, script);
    }

    Terms terms(Clock clock) {
        return new Terms(algorithm, quirks, seed, height, clock);
    }
}

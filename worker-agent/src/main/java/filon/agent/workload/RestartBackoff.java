package filon.agent.workload;

import java.time.Duration;

/**
 * How long a crashed workload waits: 1 s, then twice as long after each further crash, at most a minute.
 *
 * <p>A life of at least a minute is healthy and starts the count again.
 *
 * @param crashes in a row, without a healthy life between them
 */
public record RestartBackoff(int crashes) {
    public static final RestartBackoff NONE = new RestartBackoff(0);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration HEALTHY = Duration.ofMinutes(1);
    private static final int DOUBLINGS_MAX = 6;

    public RestartBackoff {
        if (crashes < 0) {
            throw new IllegalArgumentException("crashes cannot be negative: " + crashes);
        }
    }

    public RestartBackoff afterLifeOf(Duration lived) {
        return new RestartBackoff(lived.compareTo(HEALTHY) >= 0 ? 1 : Math.min(crashes + 1, DOUBLINGS_MAX + 1));
    }

    public Duration pause() {
        if (crashes == 0) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST.multipliedBy(1L << (crashes - 1));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}

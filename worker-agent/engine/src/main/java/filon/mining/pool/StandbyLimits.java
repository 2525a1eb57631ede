package filon.mining.pool;

import java.time.Duration;

/**
 * When another pool's job is hashed instead.
 *
 * @param probe after so long without a word a pool that answers such questions is asked for a sign of life, while another pool waits
 * @param answer after so long without an answer it counts as silent: probe and answer together are how long a silent pool is believed
 * @param good how long a pool must have been sound before it is returned to
 * @param job how long an authorised pool may take until its first job
 * @param hardest a job is absurd whose share takes longer than this at the miner's rate
 * @param rejectsMax so many shares refused in a row end the session
 */
public record StandbyLimits(
        Duration probe, Duration answer, Duration good, Duration job, Duration hardest, int rejectsMax) {
    public static final StandbyLimits USUAL = new StandbyLimits(
            Duration.ofMillis(1_000),
            Duration.ofMillis(900),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            10);

    public StandbyLimits {
        if (probe.isNegative() || answer.isNegative() || good.isNegative() || rejectsMax < 1) {
            throw new IllegalArgumentException("standby limits below zero, or " + rejectsMax + " rejects");
        }
    }
}

package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a change of jobs costs on this machine's first device; prints what it measures, with the machine's load. Where the device is a CPU
 * whatever else runs takes its part of the figures; the limits are for a machine that does nothing else:
 * {@code mvn -q -Dquick -pl worker-agent/engine verify -Pheavy -Dtest=JobSwitchTest}.
 */
@Tag("heavy")
class JobSwitchTest {
    private static final Duration JOB = Duration.ofSeconds(10);
    private static final int JOBS = 6;
    private static final Duration SHORT_JOB = Duration.ofMillis(200);
    private static final int SHORT_JOBS = 200;
    /** A share takes 430,000 hashes: at 22 MH/s and more 3,000 come in a minute. */
    private static final String DIFFICULTY = "0.0001";
    /** How late the host may be, beside the batch that runs, on a machine that does nothing else. */
    private static final Duration SLACK = Duration.ofMillis(20);

    private static final double STALE_SHARE_MAX = 0.003;

    private final long seed = new SecureRandom().nextLong();

    @ParameterizedTest
    @ValueSource(ints = {5, 20})
    void losesThreeOfAThousandSharesAtMostWhereAJobLastsTenSeconds(int batchMillis)
            throws IOException, InterruptedException {
        // Given
        SteadyJobs jobs = new SteadyJobs(JOB, DIFFICULTY, JOBS);

        // When
        ScriptedRun run = ScriptedRun.of(jobs, Duration.ofMillis(batchMillis), seed);

        // Then
        print(batchMillis, JOB, run);
        assertThat(staleShare(run)).isLessThanOrEqualTo(STALE_SHARE_MAX);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20})
    void beginsANewJobWithinABatch(int batchMillis) throws IOException, InterruptedException {
        // Given
        SteadyJobs jobs = new SteadyJobs(SHORT_JOB, DIFFICULTY, SHORT_JOBS);

        // When
        ScriptedRun run = ScriptedRun.of(jobs, Duration.ofMillis(batchMillis), seed);

        // Then
        print(batchMillis, SHORT_JOB, run);
        assertThat(run.tally().jobSwitches().quantileNanos(0.99))
                .isLessThan(Duration.ofMillis(batchMillis).plus(SLACK).toNanos());
    }

    private static double staleShare(ScriptedRun run) {
        return (double) run.miner().counts().staleInAll() / run.tally().sharesFound();
    }

    private static void print(int batchMillis, Duration job, ScriptedRun run) {
        Tally tally = run.tally();
        Latencies switches = tally.jobSwitches();
        long runningNanos = run.miner().devices().getFirst().nanosOf().getOrDefault(MiningState.RUNNING, 1L);
        System.out.printf(
                Locale.ROOT,
                "batch %d ms, jobs of %d ms: %d shares, stale %.3f %% %s; %d switches, p50 %.1f p99 %.1f max %.1f ms;"
                        + " busy %.2f %%, %.1f MH/s in batches of %.1f ms; load %.1f; states %s, sessions lost %s%n",
                batchMillis,
                job.toMillis(),
                tally.sharesFound(),
                100 * staleShare(run),
                run.miner().counts().stale(),
                switches.count(),
                switches.quantileNanos(0.5) / 1e6,
                switches.quantileNanos(0.99) / 1e6,
                switches.quantileNanos(1) / 1e6,
                100.0 * tally.busyNanos() / runningNanos,
                1e3 * tally.hashes() / runningNanos,
                tally.busyNanos() / 1e6 / tally.batches(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                run.miner().devices().getFirst().nanosOf(),
                run.lost());
    }
}

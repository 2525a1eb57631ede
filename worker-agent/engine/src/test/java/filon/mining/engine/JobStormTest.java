package filon.mining.engine;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real miner in a storm of jobs. Long, with other tests that take minutes:
 * {@code mvn -q -Dquick -pl worker-agent/engine verify -Pheavy -Dtest=JobStormTest}.
 */
class JobStormTest {
    private final long seed = new SecureRandom().nextLong();

    @Test
    void submitsNothingWrongRepeatedOrWithdrawnInAShortStorm() throws IOException, InterruptedException {
        survives(Duration.ofSeconds(3));
    }

    @Test
    @Tag("heavy")
    void submitsNothingWrongRepeatedOrWithdrawnInALongStorm() throws IOException, InterruptedException {
        survives(Duration.ofSeconds(60));
    }

    private void survives(Duration length) throws IOException, InterruptedException {
        // Given
        JobStorm storm = new JobStorm(new Random(seed), length);

        // When
        ScriptedRun run = ScriptedRun.of(storm, MinerOrder.BATCH_USUAL, seed);

        // Then
        System.out.println("seed " + seed + ": " + described(run));
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(run.judge().examples())
                    .as("shares that must not be")
                    .isEmpty();
            softly.assertThat(run.judge().count(ShareFate.VALID))
                    .as("valid shares")
                    .isPositive();
            softly.assertThat(run.tally().hashes() + run.tally().leftOut())
                    .as("nonces tried and left out")
                    .isEqualTo(run.queuedNonces());
            softly.assertThat(run.tally().hardwareErrors())
                    .as("hardware errors")
                    .isZero();
            softly.assertThat(run.miner().failure()).as("failure").isEmpty();
            softly.assertThat(run.lost()).as("sessions lost").isEmpty();
            softly.assertThat(run.states())
                    .isSubsetOf(EnumSet.of(
                            MiningState.PREPARING, MiningState.CONNECTING, MiningState.RUNNING, MiningState.STOPPING));
            softly.assertThat(run.stateNanos())
                    .as("time of all states")
                    .isBetween(run.wall().leastNanos(), run.wall().mostNanos());
        });
    }

    private static String described(ScriptedRun run) {
        Tally tally = run.tally();
        return run.judge() + ", " + tally.sharesFound() + " found, " + tally.surplusHits() + " hits not looked at, "
                + tally.hashes() + " tried in " + tally.batches() + " batches, " + tally.leftOut()
                + " left out, accepted "
                + run.miner().counts().accepted() + ", stale "
                + run.miner().counts().stale() + ", rejected "
                + run.miner().counts().rejected() + ", unanswered "
                + run.miner().counts().unanswered() + ", states took " + run.stateNanos() + " ns of "
                + run.wall();
    }
}

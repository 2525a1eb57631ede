package filon.practice.journey;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolEvent;
import filon.practice.Plan;
import filon.practice.dialect.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 24 hours of two pools that misbehave at random, in simulated time. */
class SimulatedDayTest {
    private static final double EASY = 1e-9;

    private static SimulatedRig rig(long seed) {
        Plan plan = Plan.ofSha256d(EASY).withJobEvery(Duration.ofSeconds(30));
        return new SimulatedRig(
                seed, ProofsOfWork.of("sha256d"), List.of(plan.withSeed(seed), plan.withSeed(seed + 1)));
    }

    @Test
    void countsOfMinerAndPoolsAgreeAfterADayOfFaults() {
        long seed = new SplittableRandom().nextLong();

        Map<String, Long> counts = dayOf(rig(seed), Duration.ofSeconds(5), "seed " + seed);

        assertThat(counts.get("accepted")).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    @Tag("heavy")
    void countsAgreeInEveryDialect(Dialect dialect) {
        long seed = new SplittableRandom().nextLong();
        SimulatedRig rig = new SimulatedRig(
                seed,
                FaultMatrixTest.algorithmOf(dialect),
                List.of(FaultMatrixTest.plan(dialect, seed), FaultMatrixTest.plan(dialect, seed + 1)));

        Map<String, Long> counts = dayOf(rig, Duration.ofSeconds(20), dialect + " seed " + seed);

        assertThat(counts.get("accepted")).isGreaterThan(1_000);
    }

    private static Map<String, Long> dayOf(SimulatedRig rig, Duration shareEvery, String about) {
        rig.shareEvery(shareEvery);
        rig.misbehave();
        rig.pass(Duration.ofHours(24));
        rig.end();
        Map<String, Long> counts = Agreement.of(rig, about);
        System.out.println(about + ": " + counts + ", " + rig.network().connections() + " connections, "
                + rig.events(PoolEvent.Switched.class).size() + " switches, idle "
                + rig.idle().toMillis() + " ms");
        return counts;
    }
}

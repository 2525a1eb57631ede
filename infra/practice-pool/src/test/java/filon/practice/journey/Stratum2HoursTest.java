package filon.practice.journey;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolEvent;
import filon.practice.Plan;
import filon.practice.book.PoolError;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Quirk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The miner's Stratum V2 against the practice pool's, in simulated time. */
class Stratum2HoursTest {
    private static final Plan PLAN =
            Plan.of(ProofsOfWork.of("sha256d"), Dialect.STRATUM2, 1e-9).withJobEvery(Duration.ofSeconds(30));

    private static SimulatedRig rig(long seed, Plan first, Plan second) {
        return new SimulatedRig(seed, ProofsOfWork.of("sha256d"), List.of(first, second));
    }

    @Test
    void hasEachShareAcceptedWithoutFaults() {
        SimulatedRig rig = rig(1, PLAN.withSeed(1), PLAN.withSeed(2));

        rig.pass(Duration.ofHours(6));

        assertThat(rig.pool(0).counts().accepted()).isGreaterThan(3_500);
        assertThat(rig.pool(0).counts().refusals())
                .as("only what was on its way when a block came")
                .isEqualTo(rig.pool(0).counts().refusals(PoolError.STALE))
                .isLessThan(30);
        assertThat(rig.events(PoolEvent.Lost.class)).isEmpty();
        rig.end();
        Agreement.of(rig, "without faults");
    }

    @Test
    void staysWithAPoolThatAcknowledgesInBatches() {
        SimulatedRig rig = rig(1, PLAN.with(Quirk.BATCHED_ANSWERS), PLAN.withSeed(2));
        rig.pass(Duration.ofMinutes(5));
        rig.events().clear();

        rig.pass(Duration.ofHours(1));

        assertThat(rig.events(PoolEvent.Switched.class)).isEmpty();
        assertThat(rig.events(PoolEvent.Judged.class))
                .hasSizeGreaterThan(500)
                .extracting(each -> each.verdict().label())
                .doesNotContain("unanswered", "rejected");
        rig.end();
    }

    @Test
    void countsOfMinerAndPoolsAgreeAfterHoursOfFaults() {
        long seed = new SplittableRandom().nextLong();
        SimulatedRig rig = rig(seed, PLAN.withSeed(seed), PLAN.withSeed(seed + 1));
        rig.misbehave();

        rig.pass(Duration.ofHours(6));
        rig.end();

        Map<String, Long> counts = Agreement.of(rig, "seed " + seed);
        System.out.println("seed " + seed + ": " + counts + ", " + rig.network().connections() + " connections, "
                + rig.events(PoolEvent.Switched.class).size() + " switches, idle "
                + rig.idle().toMillis() + " ms");
        assertThat(counts.get("accepted")).isGreaterThan(2_000);
    }
}

package filon.practice.journey;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.PoolEvent;
import filon.practice.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** 24 hours of two pools that misbehave at random, in simulated time. */
class SimulatedDayTest {
    private static final double EASY = 1e-9;

    private static SimulatedRig rig(long seed) {
        Plan plan = Plan.ofSha256d(EASY).withJobEvery(Duration.ofSeconds(30));
        return new SimulatedRig(
                seed, ProofsOfWork.of("sha256d"), List.of(plan.withSeed(seed), plan.withSeed(seed + 1)));
    }

    private static void misbehave(SimulatedRig rig) {
        SplittableRandom random = rig.random();
        int pool = random.nextInt(rig.pools());
        switch (random.nextInt(4)) {
            case 0 -> rig.pool(pool).dropConnections();
            case 1 -> {
                rig.pool(pool).goSilent(true);
                rig.time().after(Duration.ofSeconds(random.nextInt(200)), () -> rig.pool(pool)
                        .goSilent(false));
            }
            case 2 -> rig.pool(pool).newBlock();
            default -> rig.pool(pool).setDifficulty(EASY * (1 + random.nextInt(4)));
        }
        rig.time().after(Duration.ofSeconds(random.nextInt(240)), () -> misbehave(rig));
    }

    @Test
    void countsOfMinerAndPoolsAgreeAfterADayOfFaults() {
        long seed = new SplittableRandom().nextLong();
        SimulatedRig rig = rig(seed);
        misbehave(rig);

        rig.pass(Duration.ofHours(24));
        rig.end();

        Map<String, Long> counts = Agreement.of(rig, "seed " + seed);
        System.out.println("seed " + seed + ": " + counts + ", " + rig.network().connections() + " connections, "
                + rig.events(PoolEvent.Switched.class).size() + " switches, idle "
                + rig.idle().toMillis() + " ms");
        assertThat(counts.get("accepted")).isGreaterThan(10_000);
    }
}

package filon.practice;

import filon.practice.time.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A pool in a time that the test moves, in the test's own thread. */
final class Scene {
    final SimulatedTime time = new SimulatedTime(Instant.parse("2026-01-01T00:00:00Z"));
    final List<String> reports = new ArrayList<>();
    final PracticePool pool;

    Scene(Plan plan) {
        pool = PracticePool.of(plan, time.poolTime(), reports::add);
    }

    Wiretap miner() {
        return new Wiretap(pool);
    }

    void pass(Duration amount) {
        time.advance(amount);
    }
}

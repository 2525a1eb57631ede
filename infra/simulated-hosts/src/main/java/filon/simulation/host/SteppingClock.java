package filon.simulation.host;

import filon.simulation.fault.Episode;
import filon.simulation.fault.Fate;
import filon.simulation.fault.FaultKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;

/** A host's wall clock: right, until its fate lets it step, by 30 seconds to ten minutes, forth or back. */
final class SteppingClock extends Clock {
    private static final long STEP_SECONDS_MIN = 30;
    private static final long STEP_SECONDS_MORE = 570;
    private final Clock right;
    private final Fate fate;
    private final Supplier<Duration> fleetAge;

    SteppingClock(Clock right, Fate fate, Supplier<Duration> fleetAge) {
        this.right = right;
        this.fate = fate;
        this.fleetAge = fleetAge;
    }

    @Override
    public Instant instant() {
        Duration step = fate.at(FaultKind.CLOCK_JUMP, fleetAge.get())
                .map(SteppingClock::step)
                .orElse(Duration.ZERO);
        return right.instant().plus(step);
    }

    private static Duration step(Episode episode) {
        double far = Math.abs(2 * episode.size() - 1);
        Duration step = Duration.ofSeconds(STEP_SECONDS_MIN + (long) (STEP_SECONDS_MORE * far));
        return episode.size() < 0.5 ? step.negated() : step;
    }

    @Override
    public ZoneId getZone() {
        return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteppingClock(right.withZone(zone), fate, fleetAge);
    }
}

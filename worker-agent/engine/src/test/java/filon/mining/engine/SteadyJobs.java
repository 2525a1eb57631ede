package filon.mining.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Clean jobs of one difficulty, with so many intervals between them; the last job ends the last interval and the script. */
final class SteadyJobs implements JobScript {
    private final Duration interval;
    private final SentDifficulty difficulty;
    private final int intervals;
    private int sent;

    SteadyJobs(Duration interval, String difficulty, int intervals) {
        this.interval = interval;
        this.difficulty = SentDifficulty.number(difficulty);
        this.intervals = intervals;
    }

    @Override
    public Optional<Step> next() {
        if (sent > intervals) {
            return Optional.empty();
        }
        Duration pause = sent++ == 0 ? Duration.ZERO : interval;
        return Optional.of(new Step(pause, true, Optional.of(difficulty), OptionalInt.empty()));
    }
}

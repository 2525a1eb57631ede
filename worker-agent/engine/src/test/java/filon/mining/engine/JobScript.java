package filon.mining.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What a pool of tests sends, job by job. Asked by the pool's thread only. */
@FunctionalInterface
interface JobScript {
    /** The next job; empty when there are no more. */
    Optional<Step> next();

    /**
     * One job and what changes with it.
     *
     * @param pause since the job before was due
     * @param isClean whether all jobs before it are withdrawn
     * @param ownLength bytes of the miner's part of the coinbase from this job on
     */
    record Step(Duration pause, boolean isClean, Optional<SentDifficulty> difficulty, OptionalInt ownLength) {}

    /**
     * A difficulty as it stands in a line.
     *
     * @param json the value as it is written
     * @param meant the number that a miner has to make of it; empty where it has to ignore it
     */
    record SentDifficulty(String json, Optional<BigDecimal> meant) {
        static SentDifficulty number(String json) {
            return new SentDifficulty(json, Optional.of(new BigDecimal(json)));
        }

        static SentDifficulty text(String number) {
            return new SentDifficulty('"' + number + '"', Optional.of(new BigDecimal(number)));
        }

        static SentDifficulty nonsense(String json) {
            return new SentDifficulty(json, Optional.empty());
        }
    }
}

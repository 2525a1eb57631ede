package filon.mining.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookTimesTest {
    private static final long BATCH_NANOS = 20_000_000;
    private static final long LATE_NANOS_MAX = 1_000_000;
    private static final int BATCHES = 200;
    private static final int BATCHES_TO_SETTLE = 20;

    private final LookTimes looks = new LookTimes();
    private long now;
    private int count;

    /** How late the end of each batch is found, where the first is found so late. */
    private List<Long> latenesses(long firstNanos) {
        List<Long> latenesses = new ArrayList<>();
        now = BATCH_NANOS + firstNanos;
        looks.ended(now, BATCH_NANOS);
        for (long end = 2 * BATCH_NANOS; latenesses.size() < BATCHES; end += BATCH_NANOS) {
            while (now < end) {
                now += looks.untilNextNanos(now);
                count++;
            }
            latenesses.add(now - end);
            looks.ended(now, BATCH_NANOS);
        }
        return latenesses;
    }

    @Test
    void areNotPutOffLongByOneBatchThatHung() {
        latenesses(0);

        looks.ended(now, 1_000 * BATCH_NANOS);

        assertThat(looks.untilNextNanos(now)).isLessThanOrEqualTo(2 * BATCH_NANOS);
    }

    @Test
    void findTheEndOfEachBatchAStepLateAtMost() {
        assertThat(latenesses(0).subList(BATCHES_TO_SETTLE, BATCHES)).allMatch(late -> late <= LATE_NANOS_MAX);
    }

    @Test
    void comeBackInTimeAfterOneThatWasLate() {
        assertThat(latenesses(BATCH_NANOS / 2).subList(BATCHES_TO_SETTLE, BATCHES))
                .allMatch(late -> late <= LATE_NANOS_MAX);
    }

    @Test
    void areTwoForABatchOnceItsLengthIsKnown() {
        latenesses(0);
        count = 0;

        latenesses(0);

        assertThat(count).isLessThanOrEqualTo(2 * BATCHES);
    }
}

package filon.agent.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(3);

    @Test
    void waitsTwiceAsLongAfterEachCrashUpToAMinute() {
        // Given
        RestartBackoff backoff = RestartBackoff.NONE;
        long[] pauses = new long[9];

        // When
        for (int i = 0; i < pauses.length; i++) {
            backoff = backoff.afterLifeOf(SHORT_LIFE);
            pauses[i] = backoff.pause().toSeconds();
        }

        // Then
        assertThat(LongStream.of(pauses)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void startsAgainAfterAHealthyMinute() {
        // Given
        RestartBackoff tired = RestartBackoff.NONE.afterLifeOf(SHORT_LIFE).afterLifeOf(SHORT_LIFE);

        // When
        RestartBackoff rested = tired.afterLifeOf(Duration.ofMinutes(1));

        // Then
        assertThat(rested.pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void doesNotWaitBeforeTheFirstStart() {
        // When
        Duration pause = RestartBackoff.NONE.pause();

        // Then
        assertThat(pause).isZero();
    }
}

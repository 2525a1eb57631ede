package filon.mining.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BatchLengthTest {
    private static final Duration WANTED = Duration.ofMillis(100);

    @Test
    void settlesWhereABatchTakesTheWantedTime() {
        for (double hashesPerSecond : new double[] {300_000, 25e6, 9e9}) {
            BatchLength length = new BatchLength(4_096, 1L << 30, 1L << 18, WANTED);
            for (int i = 0; i < 40; i++) {
                length.took(length.current(), (long) (length.current() / hashesPerSecond * 1e9));
            }

            assertThat(length.current() / hashesPerSecond * 1_000).isCloseTo(100, Percentage.withPercentage(15));
        }
    }

    @Test
    void staysAMultipleOfTheGranularityWithinItsLimits() {
        BatchLength length = new BatchLength(1_000, 10_500, 1L << 18, WANTED);
        assertThat(length.current()).isEqualTo(10_000);

        for (int i = 0; i < 20; i++) {
            length.took(length.current(), Duration.ofSeconds(60).toNanos());
        }

        assertThat(length.current()).isEqualTo(1_000);
    }

    @Test
    void isNotFooledByAShortLastBatchOfARange() {
        BatchLength length = new BatchLength(1_024, 1L << 30, 1L << 18, WANTED);
        long before = length.current();

        length.took(before / 64, WANTED.toNanos() / 64);

        assertThat(length.current()).isEqualTo(before);
    }
}

package filon.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MicroEuroTest {
    @Test
    void costIsPriceTimesSecondsPerHourRoundedHalfUp() {
        // Given
        long seed = 20_261_120L;
        Random random = new Random(seed);

        for (int i = 0; i < 10_000; i++) {
            long price = random.nextLong(1_000_000_000_000L);
            long seconds = random.nextLong(1_000_000L);

            // When
            MicroEuro cost = MicroEuro.of(price).costOfSeconds(seconds);

            // Then
            BigDecimal exact = BigDecimal.valueOf(price)
                    .multiply(BigDecimal.valueOf(seconds))
                    .divide(BigDecimal.valueOf(3600), 0, RoundingMode.HALF_UP);
            assertThat(cost.amount())
                    .as("seed %d, price %d, seconds %d", seed, price, seconds)
                    .isEqualTo(exact.longValueExact());
        }
    }

    @Test
    void partsPostedAsDifferencesNeverDriftFromTheWhole() {
        // Given
        MicroEuro price = MicroEuro.of(500_001);
        MicroEuro posted = MicroEuro.ZERO;

        // When
        for (long second = 1; second <= 43_200; second++) {
            posted = posted.plus(price.costOfSeconds(second).minus(posted));
        }

        // Then
        assertThat(posted).isEqualTo(price.costOfSeconds(43_200));
    }

    @Test
    void refusesNegativeSeconds() {
        assertThatThrownBy(() -> MicroEuro.of(1).costOfSeconds(-1)).hasMessageContaining("-1 s");
    }

    @Test
    void showsEuroWithSixDecimals() {
        assertThat(MicroEuro.of(9_300)).hasToString("0.009300 EUR");
    }
}

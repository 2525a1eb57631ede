package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.NonceRange;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NonceRangesTest {
    @Test
    void handsOutEachNonceOnceAndLeavesNoneOut() {
        for (int space = 1; space <= 40; space++) {
            for (int batch = 1; batch <= 45; batch++) {
                // Given
                NonceRanges ranges = new NonceRanges(space);
                int[] tried = new int[space];

                // When
                for (Optional<NonceRange> range = ranges.take(batch); range.isPresent(); range = ranges.take(batch)) {
                    for (long nonce = range.get().first(); nonce < range.get().end(); nonce++) {
                        tried[(int) nonce]++;
                    }
                }

                // Then
                assertThat(tried).as("space %d in batches of %d", space, batch).containsOnly(1);
                assertThat(ranges.isEmpty()).isTrue();
            }
        }
    }
}

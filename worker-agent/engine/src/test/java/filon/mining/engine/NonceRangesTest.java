package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.NonceSpace;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NonceRangesTest {
    @Test
    void handsOutEachNonceOnceAndLeavesNoneOut() {
        for (int bits = 0; bits <= 6; bits++) {
            for (int batch = 1; batch <= 70; batch++) {
                // Given
                long first = 3L << bits;
                NonceRanges ranges = new NonceRanges(new NonceSpace(first, bits));
                int[] tried = new int[1 << bits];

                // When
                for (Optional<NonceRange> range = ranges.take(batch); range.isPresent(); range = ranges.take(batch)) {
                    for (int i = 0; i < range.get().count(); i++) {
                        tried[(int) (range.get().first() + i - first)]++;
                    }
                }

                // Then
                assertThat(tried)
                        .as("space of %d bits in batches of %d", bits, batch)
                        .containsOnly(1);
                assertThat(ranges.isEmpty()).isTrue();
            }
        }
    }

    @Test
    void endsAtTheLastNonceOf64BitsAndDoesNotBeginAnew() {
        NonceRanges ranges = new NonceRanges(new NonceSpace(-1L << 4, 4));

        assertThat(ranges.take(10)).contains(new NonceRange(-16, 10));
        assertThat(ranges.take(10)).contains(new NonceRange(-6, 6));
        assertThat(ranges.take(10)).isEmpty();
    }

    @Test
    void countsThroughAllOf64BitsWithoutLosingTheUpperHalf() {
        NonceRanges ranges = new NonceRanges(NonceSpace.ofBits(64));

        assertThat(ranges.take(Long.MAX_VALUE)).contains(new NonceRange(0, Long.MAX_VALUE));
        assertThat(ranges.take(Long.MAX_VALUE)).contains(new NonceRange(Long.MAX_VALUE, Long.MAX_VALUE));
        assertThat(ranges.take(Long.MAX_VALUE)).contains(new NonceRange(-2, 2));
        assertThat(ranges.isEmpty()).isTrue();
    }
}

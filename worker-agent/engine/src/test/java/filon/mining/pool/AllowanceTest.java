package filon.mining.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void givesWhatMayBeTakenAtOnceAndThenWhatEachSecondBrings() {
        Allowance allowance = new Allowance(5, 2, 7);

        assertThat(allowance.take(5, 7)).isTrue();
        assertThat(allowance.take(1, 7)).isFalse();
        assertThat(allowance.take(2, 7 + SECOND)).isTrue();
        assertThat(allowance.take(1, 7 + SECOND)).isFalse();
    }

    @Test
    void savesNoMoreThanMayBeTakenAtOnce() {
        Allowance allowance = new Allowance(5, 2, 0);

        assertThat(allowance.take(6, 1_000 * SECOND)).isFalse();
        assertThat(allowance.take(5, 1_000 * SECOND)).isTrue();
    }
}

package filon.mining.algorithm.ethash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.SeededEpochs;
import filon.mining.algorithm.dag.Epoch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EthashSeedsTest {
    private static byte[] seed(int rounds) {
        return new Epoch(0, rounds, 1, 1, 1).seed();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 389, 390, 2_047})
    void findsTheEpochOfASeed(int number) {
        long height = new Ethash().heightOf(seed(number));

        assertThat(EpochRule.ETHASH.at(height).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 389, 390, 660})
    void findsAnEpochOfEtchashWithThatVerySeed(int rounds) {
        long height = new Etchash().heightOf(seed(rounds));

        assertThat(EpochRule.ETCHASH.at(height).seed()).isEqualTo(seed(rounds));
    }

    @Test
    void knowsNoLongEpochWithTheSeedOfAnOddNumberOfRounds() {
        assertThatThrownBy(() -> new Etchash().heightOf(seed(391))).hasMessageContaining("etchash");
    }

    @Test
    void refusesASeedThatNoEpochHas() {
        assertThatThrownBy(() -> new Ethash().heightOf(seed(2_048)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none of the first epochs");
        assertThatThrownBy(() -> new Ethash().heightOf(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTheSeedOfAnyEpochWhereAllHaveTheSameSmallDataset() {
        SeededEpochs reduced = (SeededEpochs) new Etchash().reduced();

        assertThat(EpochRule.REDUCED.at(reduced.heightOf(seed(391)))).isEqualTo(EpochRule.REDUCED.at(0));
    }

    @Test
    void tellsWhetherAHeightIsInAnEpoch() {
        assertThat(new Ethash().isIn(220, 6_629_077)).isTrue();
        assertThat(new Ethash().isIn(219, 6_629_077)).isFalse();
        assertThat(new Ethash().isIn(2_048, 2_048L * 30_000)).isFalse();
        assertThat(new Ethash().isIn(-1, -1)).isFalse();
    }

    @Test
    void countsEpochsOfEtchashByTheLongOnesAndByTheShort() {
        assertThat(new Etchash().isIn(200, 12_000_000)).isTrue();
        assertThat(new Etchash().isIn(400, 12_000_000)).isTrue();
        assertThat(new Etchash().isIn(100, 6_000_000)).isFalse();
        assertThat(new Etchash().isIn(200, 6_000_000)).isTrue();
    }
}

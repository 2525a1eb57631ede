package filon.practice.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareCheckTest {
    private static final HexFormat HEX = HexFormat.of();

    static List<PublicBlock> blocks() throws IOException {
        return PublicBlock.all();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void rebuildsTheHeaderAndHashOfAPublicBlock(PublicBlock block) {
        // When
        byte[] header = ShareCheck.header(
                block.job(),
                block.extranonce1(),
                new ShareCheck.Choice(
                        block.version(),
                        HEX.parseHex(block.extranonce2()),
                        (int) block.time(),
                        Integer.parseUnsignedInt(block.nonce(), 16)));

        // Then
        assertThat(HEX.formatHex(header)).isEqualTo(block.header());
        assertThat(ShareCheck.hash(header)).isEqualTo(PublicBlock.reversed(block.hash()));
        assertThat(ShareCheck.number(ShareCheck.hash(header))).isEqualTo(new BigInteger(block.hash(), 16));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void showsThePreviousHashAsStratumDoes(PublicBlock block) {
        assertThat(block.job().notification(true).get(1)).isEqualTo(block.stratumPreviousHash());
        assertThat(block.job().notification(true).get(6)).isEqualTo(block.bits());
        assertThat(block.job().notification(true).get(7)).isEqualTo(block.timeHex());
    }

    @Test
    void difficultyOneIsTheTargetOfTheFirstBlocks() {
        assertThat(ShareCheck.targetOf(1))
                .isEqualTo(new BigInteger("00000000ffff0000000000000000000000000000000000000000000000000000", 16));
        assertThat(ShareCheck.targetOf(0.5)).isEqualTo(ShareCheck.targetOf(1).shiftLeft(1));
    }

    @Test
    void aDifficultyNearZeroLetsEveryHashCount() {
        assertThat(ShareCheck.targetOf(Double.MIN_NORMAL))
                .isEqualTo(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesADifficultyThatIsNoPositiveNumber(double difficulty) {
        assertThatThrownBy(() -> ShareCheck.targetOf(difficulty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(difficulty));
    }
}

package filon.mining.algorithm.scrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import java.math.BigDecimal;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ScryptTest {
    private final Scrypt scrypt = new Scrypt();

    @Test
    void computesEveryPublicKnownAnswer() {
        assertThat(scrypt.knownAnswers()).hasSize(5);
        for (KnownAnswer answer : scrypt.knownAnswers()) {
            assertThat(scrypt.digest(answer.header(), answer.nonce()).hash())
                    .as(answer.name())
                    .isEqualTo(answer.digest().hash());
        }
    }

    @Test
    void knowsTheGenesisBlockOfLitecoin() {
        KnownAnswer genesis = scrypt.knownAnswers().getFirst();

        assertThat(HexFormat.of().formatHex(genesis.digest().hash()))
                .isEqualTo("0000050c34a64b415b6b15b37f2216634b5b1669cb9a2e38d76f7213b0671e00");
        assertThat(genesis.nonce()).isEqualTo(2_084_524_493L);
    }

    @Test
    void countsDifficultyAs65536TimesEasierThanTheCommonOne() {
        assertThat(scrypt.targetOf(BigDecimal.ONE)).hasToString("0000ffff" + "0".repeat(56));
        assertThat(scrypt.targetOf(BigDecimal.valueOf(65_536))).isEqualTo(Target.ofDifficulty(BigDecimal.ONE));
        assertThat(scrypt.targetOf(new BigDecimal("1e-999999999"))).isEqualTo(Target.EASIEST);
        assertThat(scrypt.targetOf(new BigDecimal("1e999999999")).number()).isZero();
        assertThatThrownBy(() -> scrypt.targetOf(BigDecimal.ZERO)).hasMessageContaining("above zero");
    }

    @Test
    void refusesWhatIsNoHeader() {
        assertThatThrownBy(() -> Scrypt.hashOf(new byte[79])).hasMessageContaining("79 bytes");
        assertThatThrownBy(() -> scrypt.solved(Header.of(new byte[76]), 1L << 32))
                .hasMessageContaining("32 bits");
    }

    @Test
    void isFoundByItsName() {
        assertThat(ProofsOfWork.of("scrypt")).isInstanceOf(Scrypt.class);
    }
}

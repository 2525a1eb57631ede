package filon.mining.algorithm.sha256d;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofsOfWork;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256dTest {
    private final Sha256d sha256d = new Sha256d();

    @Test
    void computesEveryPublicKnownAnswer() {
        assertThat(sha256d.knownAnswers()).hasSize(3);
        for (KnownAnswer answer : sha256d.knownAnswers()) {
            assertThat(sha256d.digest(answer.header(), answer.nonce()).hash())
                    .as(answer.name())
                    .isEqualTo(answer.digest().hash());
        }
    }

    @Test
    void knowsTheGenesisBlock() {
        KnownAnswer genesis = sha256d.knownAnswers().getFirst();

        assertThat(HexFormat.of().formatHex(genesis.digest().hash()))
                .isEqualTo("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
        assertThat(genesis.nonce()).isEqualTo(2_083_236_893L);
    }

    @Test
    void isFoundByItsName() {
        assertThat(ProofsOfWork.of("sha256d")).isInstanceOf(Sha256d.class);
    }
}

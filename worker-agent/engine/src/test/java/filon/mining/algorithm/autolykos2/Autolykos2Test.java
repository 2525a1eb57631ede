package filon.mining.algorithm.autolykos2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Autolykos2Test {
    private static final JsonNode VECTORS = Autolykos2.FOLDER.vectors();
    private final Autolykos2 autolykos2 = new Autolykos2();

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void sizesTheTableOfEveryHeightOfThePublicTest() {
        assertThat(VECTORS.path("calcN")).hasSizeGreaterThan(5);
        for (JsonNode row : VECTORS.path("calcN")) {
            boolean isFirstVersion = row.path("version").asInt() == 1;
            long height = isFirstVersion ? 0 : row.path("height").asLong();

            assertThat(TableSize.ERGO.at(height))
                    .as("height %d", height)
                    .isEqualTo(row.path("N").asInt());
        }
    }

    @Test
    void growsNoMoreAfterTheLastStepOfTheReference() {
        assertThat(TableSize.ERGO.at(614_399)).isEqualTo(1 << 26);
        assertThat(TableSize.ERGO.at(614_400)).isEqualTo(70_464_240);
        assertThat(TableSize.ERGO.at(4_198_400)).isEqualTo(2_143_944_600);
        assertThat(TableSize.ERGO.at(9_216_000)).isEqualTo(2_143_944_600);
    }

    @Test
    void computesEveryPublicKnownAnswer() {
        for (ProofOfWork algorithm : new ProofOfWork[] {autolykos2, autolykos2.reduced()}) {
            assertThat(algorithm.knownAnswers()).isNotEmpty();
            for (KnownAnswer answer : algorithm.knownAnswers()) {
                assertThat(hex(algorithm.digest(answer.header(), answer.nonce()).hash()))
                        .as(answer.name())
                        .isEqualTo(hex(answer.digest().hash()));
            }
        }
    }

    @Test
    void readsTheElementsOfThePublicSolution() {
        JsonNode solution = VECTORS.path("solutions").get(0);
        KnownAnswer answer = autolykos2.knownAnswers().getFirst();
        List<Integer> expected = new ArrayList<>();
        expected.add(solution.path("i").asInt());
        solution.path("indexes").forEach(index -> expected.add(index.asInt()));
        List<Integer> read = new ArrayList<>();

        new AutolykosReference(answer.header().height(), solution.path("N").asInt())
                .hit(answer.header().prefix(), answer.nonce(), read::add);

        assertThat(read).isEqualTo(expected);
    }

    @Test
    void meetsThePublicBoundWhichTheHashMustBeBelow() {
        JsonNode solution = VECTORS.path("solutions").get(0);
        BigInteger bound = new BigInteger(solution.path("target_b").asText());

        assertThat(Target.of(bound.subtract(BigInteger.ONE))
                        .isMetBy(autolykos2.knownAnswers().getFirst().digest().hash()))
                .isEqualTo(solution.path("meets_target").asBoolean());
    }

    @Test
    void isFoundByItsName() {
        assertThat(ProofsOfWork.of("autolykos2")).isInstanceOf(Autolykos2.class);
    }
}

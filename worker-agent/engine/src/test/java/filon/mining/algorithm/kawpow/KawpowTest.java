package filon.mining.algorithm.kawpow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.dag.Epoch;
import filon.mining.algorithm.dag.LightCache;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KawpowTest {
    private static final JsonNode VECTORS = Kawpow.FOLDER.vectors();
    private final ProgPowRules rules = ProgPowRules.kawpow();
    private final Kawpow kawpow = new Kawpow();

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void computesEveryPublicKnownAnswerWithItsMix() {
        assertThat(kawpow.knownAnswers()).hasSize(10);
        for (KnownAnswer answer : kawpow.knownAnswers()) {
            Digest digest = kawpow.digest(answer.header(), answer.nonce());

            assertThat(hex(digest.mix()))
                    .as(answer.name())
                    .isEqualTo(hex(answer.digest().mix()));
            assertThat(hex(digest.hash()))
                    .as(answer.name())
                    .isEqualTo(hex(answer.digest().hash()));
        }
    }

    @Test
    void cachesTheStartOfTheDataset() {
        ProgPowReference reference = ProgPowReference.of(rules, LightCache.of(rules.epochAt(0)));
        JsonNode words = VECTORS.at("/l1_cache_epoch0_first20_words/values");

        assertThat(words).hasSize(20);
        for (int i = 0; i < words.size(); i++) {
            assertThat(reference.cacheWords()[i]).isEqualTo((int) words.get(i).asLong());
        }
    }

    @Test
    void findsTheNonceOfThePublicSearchAndNoOther() {
        JsonNode search = VECTORS.path("search");
        Header header = new Header(
                HexFormat.of().parseHex(search.path("header_hash").asText()),
                search.path("block").asLong());
        Target target = Target.ofHex(search.path("target").asText());
        long start = search.path("start_nonce").asLong();
        for (long nonce = start; nonce < search.path("expected_nonce").asLong(); nonce++) {
            assertThat(target.isMetBy(kawpow.digest(header, nonce).hash())).isFalse();
        }

        assertThat(target.isMetBy(
                        kawpow.digest(header, search.path("expected_nonce").asLong())
                                .hash()))
                .isTrue();
    }

    @Test
    void sizesEveryEpochOfThePublicTable() {
        assertThat(VECTORS.path("sizes")).isNotEmpty();
        for (JsonNode size : VECTORS.path("sizes")) {
            Epoch epoch = rules.epochAt(size.path("epoch").asLong() * 7_500);

            assertThat(epoch.cacheBytes()).isEqualTo(size.path("cache").asLong());
            assertThat(epoch.datasetBytes()).isEqualTo(size.path("dataset").asLong());
            assertThat(hex(epoch.seed())).isEqualTo(size.path("seed").asText());
        }
    }

    @Test
    void drawsAnotherProgramEveryThreeBlocks() {
        assertThat(rules.periodAt(8)).isEqualTo(2);
        assertThat(RandomProgram.of(rules, 2)).isEqualTo(RandomProgram.of(rules, 2));
        assertThat(RandomProgram.of(rules, 2)).isNotEqualTo(RandomProgram.of(rules, 3));
    }

    @Test
    void isFoundByItsName() {
        assertThat(ProofsOfWork.of("kawpow")).isInstanceOf(Kawpow.class);
    }
}

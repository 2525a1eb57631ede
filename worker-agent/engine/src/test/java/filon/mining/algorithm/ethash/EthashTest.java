package filon.mining.algorithm.ethash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.dag.Epoch;
import filon.mining.algorithm.dag.Keccak;
import filon.mining.algorithm.dag.LightCache;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class EthashTest {
    private static final JsonNode VECTORS = Ethash.FOLDER.vectors();

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String hex(int[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(words);
        return hex(bytes.array());
    }

    private static byte[] cacheBytes(LightCache cache) {
        byte[] bytes = new byte[(int) cache.epoch().cacheBytes()];
        cache.bytes().get(bytes);
        return bytes;
    }

    @Test
    void sizesEveryEpochOfThePublicTable() {
        assertThat(VECTORS.path("sizes")).hasSizeGreaterThan(30);
        for (JsonNode size : VECTORS.path("sizes")) {
            Epoch epoch = EpochRule.ETHASH.at(size.path("epoch").asLong() * 30_000);

            assertThat(epoch.cacheBytes()).isEqualTo(size.path("cache_bytes").asLong());
            assertThat(epoch.datasetBytes())
                    .isEqualTo(size.path("dataset_bytes").asLong());
        }
    }

    @Test
    void seedsEveryEpochOfThePublicTable() {
        assertThat(VECTORS.path("seeds")).isNotEmpty();
        for (JsonNode seed : VECTORS.path("seeds")) {
            Epoch epoch = EpochRule.ETHASH.at(seed.path("epoch").asLong() * 30_000);

            assertThat(hex(epoch.seed())).isEqualTo(seed.path("seed").asText());
        }
    }

    @Test
    void countsLongEpochsFromTheForkOnAndSeedsThemAsTwoShortOnes() {
        assertThat(VECTORS.path("etchash_epochs")).isNotEmpty();
        for (JsonNode row : VECTORS.path("etchash_epochs")) {
            Epoch epoch = EpochRule.ETCHASH.at(row.path("block").asLong());

            assertThat(epoch.number()).isEqualTo(row.path("epoch").asInt());
            assertThat(epoch.seedRounds())
                    .isEqualTo(row.path("keccak_rounds_for_seed").asInt());
            assertThat(epoch.cacheBytes()).isEqualTo(row.path("cache_bytes").asLong());
            assertThat(epoch.datasetBytes()).isEqualTo(row.path("dataset_bytes").asLong());
            assertThat(hex(epoch.seed())).isEqualTo(row.path("seed").asText());
        }
        assertThat(EpochRule.ETCHASH.at(11_699_999).number()).isEqualTo(389);
        assertThat(EpochRule.ETCHASH.at(11_700_000).number()).isEqualTo(195);
    }

    @Test
    void makesTheLightCachesOfReducedSizeByteForByte() {
        for (JsonNode small : VECTORS.at("/small_parameters/caches")) {
            Epoch epoch = new Epoch(0, small.path("epoch").asInt(), 16, 256, 256);

            assertThat(hex(cacheBytes(LightCache.of(epoch))))
                    .isEqualTo(small.path("cache").asText());
        }
    }

    @Test
    void makesTheLightCacheOfTheFirstEpoch() {
        JsonNode first = VECTORS.path("light_cache").get(0);

        LightCache cache = LightCache.of(EpochRule.ETHASH.at(0));

        assertThat(hex(Keccak.hash256(cacheBytes(cache))))
                .isEqualTo(first.path("keccak256_of_cache").asText());
    }

    @Test
    void makesTheDatasetOfReducedSizeByteForByte() {
        JsonNode expected = VECTORS.at("/small_parameters/dataset");
        LightCache cache = LightCache.of(EpochRule.REDUCED.at(0));
        ByteBuffer dataset = ByteBuffer.allocate(32 * 1024);
        for (int page = 0; page < 256; page++) {
            dataset.put(cache.page(page));
        }

        assertThat(hex(Keccak.hash256(dataset.array())))
                .isEqualTo(expected.path("keccak256").asText());
        assertThat(hex(cache.item(0))).isEqualTo(expected.path("first_item").asText());
        assertThat(hex(cache.item(511))).isEqualTo(expected.path("last_item").asText());
    }

    @Test
    void makesItemsOfALaterEpoch() {
        LightCache cache = LightCache.of(EpochRule.ETHASH.at(13 * 30_000));
        assertThat(VECTORS.path("dataset_items")).isNotEmpty();
        for (JsonNode row : VECTORS.path("dataset_items")) {
            int page = row.path("index_1024bit").asInt();

            assertThat(hex(cache.page(page)))
                    .isEqualTo(row.path("item512_0").asText()
                            + row.path("item512_1").asText());
        }
    }

    @Test
    void computesEveryPublicKnownAnswerWithItsMix() {
        for (ProofOfWork algorithm : new ProofOfWork[] {new Ethash(), new Etchash(), new Ethash().reduced()}) {
            assertThat(algorithm.knownAnswers()).isNotEmpty();
            for (KnownAnswer answer : algorithm.knownAnswers()) {
                var digest = algorithm.digest(answer.header(), answer.nonce());

                assertThat(hex(digest.hash()))
                        .as(answer.name())
                        .isEqualTo(hex(answer.digest().hash()));
                assertThat(hex(digest.mix()))
                        .as(answer.name())
                        .isEqualTo(hex(answer.digest().mix()));
            }
        }
    }

    @Test
    void refusesHeightsBeyondWhatItCanCount() {
        assertThatThrownBy(() -> new Ethash().digest(new Header(new byte[32], 30_000L * 32_640), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32640");
    }

    @Test
    void isFoundByItsNames() {
        assertThat(ProofsOfWork.of("ethash")).isExactlyInstanceOf(Ethash.class);
        assertThat(ProofsOfWork.of("etchash")).isInstanceOf(Etchash.class);
    }
}

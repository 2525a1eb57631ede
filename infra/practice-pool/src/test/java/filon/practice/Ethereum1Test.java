package filon.practice;

import static filon.practice.Ethash.ETHASH;
import static filon.practice.Ethash.SEED_1;
import static filon.practice.Ethash.TARGET;
import static filon.practice.Ethash.TRIVIAL;
import static filon.practice.Ethash.ZERO_SEED;
import static filon.practice.Ethash.scene;
import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Push;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a pool that speaks EthereumStratum/1.0.0")
class Ethereum1Test {
    private static final String[] GREETING = {
        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"Miner/1.0\",\"EthereumStratum/1.0.0\"]}",
        "{\"id\":2,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}",
        "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"u\",\"p\"]}"
    };
    private final Scene scene = scene(Dialect.ETHEREUM1);
    private final Wiretap miner = scene.miner();

    @Test
    void saysWhatTheSpecificationSays() {
        // When
        List<String> lines = miner.say(GREETING);

        // Then
        assertThat(lines.get(0))
                .matches("\\{\"id\":1,\"result\":\\[\\[\"mining.notify\",\"[0-9a-f]{32}\","
                        + "\"EthereumStratum/1.0.0\"],\"[0-9a-f]{4}\"],\"error\":null}");
        assertThat(lines.get(1)).isEqualTo("{\"id\":2,\"result\":true,\"error\":null}");
        assertThat(lines.get(2)).isEqualTo("{\"id\":3,\"result\":true,\"error\":null}");
        assertThat(lines.get(3)).isEqualTo("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1.0E-9]}");
        assertThat(lines.get(4))
                .matches("\\{\"id\":null,\"method\":\"mining.notify\",\"params\":\\[\"00000001\",\"" + ZERO_SEED
                        + "\",\"[0-9a-f]{64}\",true]}");
        assertThat(lines).hasSize(5);
    }

    @Test
    void putsTheExtranonceAtTheTopOfTheNonce() {
        // Given
        List<String> lines = miner.say(GREETING);
        String prefix = Wiretap.json(lines.get(0)).at("/result/1").asText();
        Solver solver = solver(lines.get(4));
        String nonce = solver.hit(prefix);

        // When // Then
        assertThat(miner.say(submit("00000001", nonce.substring(4))))
                .containsExactly("{\"id\":244,\"result\":true,\"error\":null}");
        assertThat(miner.say(submit("00000001", nonce.substring(4))))
                .containsExactly("{\"id\":244,\"result\":false,\"error\":[22,\"Duplicate share\",null]}");
        assertThat(miner.say(submit("00000001", solver.miss(prefix).substring(4))))
                .containsExactly("{\"id\":244,\"result\":false,\"error\":[23,\"Low difficulty share\",null]}");
        assertThat(miner.say(submit("00000002", nonce.substring(4))))
                .containsExactly("{\"id\":244,\"result\":false,\"error\":[-1,\"Job not found\",null]}");
        assertThat(miner.say(submit("00000001", nonce)))
                .as("a whole nonce is out of the range that is the miner's")
                .containsExactly("{\"id\":244,\"result\":false,\"error\":[20,\"incorrect size of nonce\",null]}");
    }

    @Test
    void forgetsOldJobsWithACleanOne() {
        // Given
        List<String> lines = miner.say(GREETING);
        String prefix = Wiretap.json(lines.get(0)).at("/result/1").asText();
        String nonce = solver(lines.get(4)).hit(prefix);

        // When
        scene.pool.newBlock();

        // Then
        assertThat(miner.say(submit("00000001", nonce.substring(4))).getLast()).contains("[-1,\"Job not found\",null]");
    }

    @Test
    void changesTheExtranonceForTheNextJobs() {
        // Given
        List<String> lines = miner.say(GREETING);
        String before = Wiretap.json(lines.get(0)).at("/result/1").asText();

        // When
        scene.pool.push(new Push.Extranonce(0, false));
        String change = miner.heard().getFirst();
        String ofOld = solver(lines.get(4)).hit(before);
        List<String> old = miner.say(submit("00000001", ofOld.substring(4)));
        scene.pool.refreshJob();
        String after = Wiretap.json(change).at("/params/0").asText();
        String nonce = solver(miner.heard().getFirst()).hit(after);

        // Then
        assertThat(change)
                .matches("\\{\"id\":null,\"method\":\"mining.set_extranonce\",\"params\":\\[\"[0-9a-f]{4}\"]}");
        assertThat(after).isNotEqualTo(before);
        assertThat(old).containsExactly("{\"id\":244,\"result\":true,\"error\":null}");
        assertThat(miner.say(submit("00000002", nonce.substring(4))))
                .containsExactly("{\"id\":244,\"result\":true,\"error\":null}");
    }

    @Test
    void refusesAnotherProtocolWithAnError() {
        assertThat(miner.say("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"Miner/1.0\"]}"))
                .singleElement()
                .asString()
                .contains("\"error\":[20,");
    }

    @Test
    void tellsTheSeedOfTheEpoch() {
        // Given
        Scene later = new Scene(Plan.of(ETHASH, Dialect.ETHEREUM1, TRIVIAL).withHeight(30_000));

        // When // Then
        assertThat(later.miner().say(GREETING).get(4)).contains(SEED_1);
    }

    @Test
    void tellsEtchashSeedsThatCountShortEpochs() {
        // Given
        ProofOfWork etchash = ProofsOfWork.of("etchash").reduced();
        Scene classic = new Scene(Plan.of(etchash, Dialect.ETHEREUM1, TRIVIAL).withHeight(11_700_000));
        Scene same = new Scene(Plan.of(ETHASH, Dialect.ETHEREUM1, TRIVIAL).withHeight(390 * 30_000));

        // When
        String seed = Wiretap.json(classic.miner().say(GREETING).get(4))
                .at("/params/1")
                .asText();

        // Then
        assertThat(seed)
                .isEqualTo(Wiretap.json(same.miner().say(GREETING).get(4))
                        .at("/params/1")
                        .asText());
    }

    private Solver solver(String notify) {
        return Solver.of(ETHASH, Wiretap.json(notify).at("/params/2").asText(), 1_000, TARGET);
    }

    private static String submit(String job, String nonce) {
        return "{\"id\":244,\"method\":\"mining.submit\",\"params\":[\"u\",\"" + job + "\",\"" + nonce + "\"]}";
    }
}

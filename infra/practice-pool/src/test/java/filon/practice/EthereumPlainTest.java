package filon.practice;

import static filon.practice.Ethash.ETHASH;
import static filon.practice.Ethash.ZERO_SEED;
import static filon.practice.Ethash.scene;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Target;
import filon.practice.dialect.Dialect;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a pool that speaks Stratum V1 with Ethereum's work")
class EthereumPlainTest {
    private final Scene scene = scene(Dialect.ETHEREUM_PLAIN);
    private final Wiretap miner = scene.miner();

    @Test
    void saysAndJudgesAsTheFieldDoes() {
        // Given
        List<String> lines = miner.say(
                "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}",
                "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"u\",\"x\"]}");
        JsonNode job = Wiretap.json(lines.get(2)).path("params");
        Solver solver = Solver.of(
                ETHASH,
                job.path(1).asText().substring(2),
                1_000,
                Target.ofHex(job.path(3).asText()));
        String nonce = solver.hit("");

        // When // Then
        assertThat(lines.get(0)).isEqualTo("{\"id\":1,\"result\":true,\"error\":null}");
        assertThat(lines.get(2))
                .matches("\\{\"id\":null,\"method\":\"mining.notify\",\"params\":\\[\"00000001\",\"0x[0-9a-f]{64}\","
                        + "\"0x" + ZERO_SEED + "\",\"0x[0-9a-f]{64}\",true]}");
        assertThat(miner.say(submit("00000001", job, nonce, solver.mix(nonce))))
                .containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(miner.say(submit("00000001", job, nonce, solver.mix(nonce))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[22,\"duplicate share\",null]}");
        assertThat(miner.say(submit("00000007", job, nonce, solver.mix(nonce))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[21,\"job not found\",null]}");
        String miss = solver.miss("");
        assertThat(miner.say(submit("00000001", job, miss, solver.mix(miss))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[23,\"low difficulty share\",null]}");
    }

    private static String submit(String id, JsonNode job, String nonce, String mix) {
        return "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"u\",\"" + id + "\",\"0x" + nonce + "\",\""
                + job.path(1).asText() + "\",\"0x" + mix + "\"]}";
    }
}

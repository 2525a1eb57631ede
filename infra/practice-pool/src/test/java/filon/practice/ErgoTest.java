package filon.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.practice.dialect.Dialect;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a pool of Ergo")
class ErgoTest {
    private static final ProofOfWork AUTOLYKOS = ProofsOfWork.of("autolykos2").reduced();
    private static final String[] GREETING = {
        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"agent\"]}",
        "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"w.1\",\"x\"]}"
    };
    private final Scene scene = new Scene(Plan.of(AUTOLYKOS, Dialect.ERGO, 1e-9));
    private final Wiretap miner = scene.miner();

    @Test
    void saysADifficultyOfOneAndTheTargetAsADecimalNumber() {
        // When
        List<String> lines = miner.say(GREETING);

        // Then
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .matches("\\{\"id\":1,\"result\":\\[\\[\\[\"mining.set_difficulty\",\"([0-9A-F]{8})\"],"
                        + "\\[\"mining.notify\",\"\\1\"]],\"[0-9a-f]{4}\",6],\"error\":null}");
        assertThat(lines.get(1)).isEqualTo("{\"id\":2,\"result\":true,\"error\":null}");
        assertThat(lines.get(2)).isEqualTo("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1]}");
        assertThat(lines.get(3))
                .matches("\\{\"id\":null,\"method\":\"mining.notify\",\"params\":\\[\"00000001\",600000,"
                        + "\"[0-9a-f]{64}\",\"\",\"\",2,\"[0-9]{70,78}\",\"\",true]}");
    }

    @Test
    void answersSharesAsTheFieldDoes() {
        // Given
        List<String> lines = miner.say(GREETING);
        String prefix = Wiretap.json(lines.get(0)).at("/result/1").asText();
        JsonNode job = Wiretap.json(lines.get(3)).path("params");
        BigInteger bound = new BigInteger(job.path(6).asText());
        Solver solver = Solver.of(
                AUTOLYKOS, job.path(2).asText(), job.path(1).asLong(), Target.of(bound.subtract(BigInteger.ONE)));
        String nonce = solver.hit(prefix);
        String outside = solver.hit("ffff");

        // When // Then
        assertThat(miner.say(submit("00000001", nonce.substring(4), nonce)))
                .containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(miner.say(submit("00000001", nonce.substring(4), nonce)))
                .containsExactly("{\"id\":4,\"result\":false,\"error\":{\"code\":22,\"message\":\"duplicate share\"}}");
        String miss = solver.miss(prefix);
        assertThat(miner.say(submit("00000001", miss.substring(4), miss)))
                .containsExactly(
                        "{\"id\":4,\"result\":false,\"error\":{\"code\":23,\"message\":\"low difficulty share\"}}");
        assertThat(miner.say(submit("00000009", nonce.substring(4), nonce)))
                .containsExactly("{\"id\":4,\"result\":false,\"error\":{\"code\":21,\"message\":\"job not found\"}}");
        assertThat(miner.say(submit("00000001", outside.substring(4), outside)))
                .singleElement()
                .asString()
                .contains("\"code\":20");
    }

    @Test
    void aHashMustBeBelowTheTargetAndNotOnIt() {
        // Given
        List<String> lines = miner.say(GREETING);
        BigInteger bound =
                new BigInteger(Wiretap.json(lines.get(3)).at("/params/6").asText());

        // When
        String prefix = Wiretap.json(lines.get(0)).at("/result/1").asText();
        miner.say(submit("00000001", "0".repeat(12), prefix + "0".repeat(12)));

        // Then
        assertThat(scene.pool.receipts().getFirst().verdict().solution().target())
                .isEqualTo(bound.subtract(BigInteger.ONE));
    }

    private static String submit(String job, String extranonce2, String nonce) {
        return "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"w.1\",\"" + job + "\",\"" + extranonce2
                + "\",\"\",\"" + nonce + "\"]}";
    }
}

package filon.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.practice.dialect.Dialect;
import filon.practice.wire.Wire;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a pool of Alephium")
class AlephiumTest {
    private static final ProofOfWork BLAKE3 = ProofsOfWork.of("blake3");
    /** About every fourth hash is low enough, and every sixteenth belongs to the chain. */
    private static final double TRIVIAL = 4e-9;

    private static final Target TARGET = BLAKE3.targetOf(BigDecimal.valueOf(TRIVIAL));
    private static final String AUTHORIZE =
            "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"addr.rig\",\"x\"]}";
    private final Scene scene = new Scene(Plan.of(BLAKE3, Dialect.ALEPHIUM, TRIVIAL));
    private final Wiretap miner = scene.miner();

    @Test
    void sendsATemplateForEachChain() {
        // When
        List<String> lines = miner.say(AUTHORIZE);

        // Then
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("{\"id\":2,\"result\":true,\"error\":null}");
        assertThat(lines.get(1))
                .matches("\\{\"id\":null,\"method\":\"mining.set_extranonce\",\"params\":\\[\"[0-9a-f]{4}\"]}");
        assertThat(lines.get(2)).isEqualTo("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[4.0E-9]}");
        assertThat(lines.get(3))
                .startsWith("{\"id\":null,\"method\":\"mining.notify\",\"params\":["
                        + "{\"jobId\":\"1\",\"fromGroup\":0,\"toGroup\":0,\"headerBlob\":\"")
                .contains("\",\"txsBlob\":\"\",\"targetBlob\":\"" + "3b9ac9ff")
                .contains("{\"jobId\":\"10\",\"fromGroup\":3,\"toGroup\":3,");
        JsonNode templates = Wiretap.json(lines.get(3)).path("params");
        assertThat(templates).hasSize(16);
        assertThat(templates.at("/7/headerBlob").asText()).hasSize(604);
    }

    @Test
    void answersSharesAsThePoolOfAlephiumDoes() {
        // Given
        List<String> lines = miner.say(AUTHORIZE);
        String prefix = Wiretap.json(lines.get(1)).at("/params/0").asText();
        JsonNode template = Wiretap.json(lines.get(3)).at("/params/6");
        String nonce = search(template, prefix, true, true);

        // When // Then
        assertThat(miner.say(submit(template, nonce)))
                .containsExactly("{\"id\":4,\"method\":\"mining.submit_result\",\"result\":true,\"error\":null}");
        assertThat(miner.say(submit(template, nonce))).containsExactly(refused(24, "duplicate share"));
        assertThat(miner.say(submit(template, search(template, prefix, false, true))))
                .containsExactly(refused(25, "low difficulty share"));
        assertThat(miner.say(submit(template, search(template, prefix, true, false))))
                .containsExactly(refused(27, "unmatched chain index"));
        assertThat(miner.say(submit(template, nonce.substring(2))))
                .containsExactly(refused(23, "incorrect size of nonce"));
        assertThat(miner.say(submit(template, "ffff" + nonce.substring(4))))
                .containsExactly(refused(23, "nonce does not begin with the extranonce"));
        assertThat(miner.say(submit(template, nonce).replace("\"toGroup\":2", "\"toGroup\":1")))
                .containsExactly(refused(21, "invalid chain index"));
        assertThat(miner.say(submit(template, nonce).replace("\"jobId\":\"7\"", "\"jobId\":\"99\"")))
                .containsExactly(refused(20, "job not found"));
    }

    @Test
    void aShareThatIsNoObjectEndsTheConnection() {
        // Given
        miner.say(AUTHORIZE);

        // When
        List<String> lines = miner.say("{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"7\"]}");

        // Then
        assertThat(lines).singleElement().asString().contains("no object");
        assertThat(miner.ending()).contains(Wire.Ending.FINISHED);
    }

    /** 24 bytes of a nonce whose hash is low enough or not, and of the template's chain or not. */
    private static String search(JsonNode template, String prefix, boolean low, boolean own) {
        int chain = 4 * template.path("fromGroup").asInt()
                + template.path("toGroup").asInt();
        String front = prefix + "0".repeat(32 - prefix.length());
        Header header = Header.of(
                HexFormat.of().parseHex(front + template.path("headerBlob").asText()));
        for (long tail = 0; tail < 1 << 14; tail++) {
            byte[] hash = BLAKE3.digest(header, tail).hash();
            if (TARGET.isMetBy(hash) == low && ((hash[31] & 0xf) == chain) == own) {
                return front + String.format("%016x", tail);
            }
        }
        throw new AssertionError("no nonce");
    }

    private static String submit(JsonNode template, String nonce) {
        return "{\"id\":4,\"method\":\"mining.submit\",\"params\":{\"jobId\":\""
                + template.path("jobId").asText() + "\",\"fromGroup\":"
                + template.path("fromGroup").asInt() + ",\"toGroup\":"
                + template.path("toGroup").asInt() + ",\"nonce\":\"" + nonce + "\",\"worker\":\"addr.rig\"}}";
    }

    private static String refused(int code, String why) {
        return "{\"id\":4,\"method\":\"mining.submit_result\",\"result\":null,\"error\":[" + code + ",\"" + why
                + "\"]}";
    }
}

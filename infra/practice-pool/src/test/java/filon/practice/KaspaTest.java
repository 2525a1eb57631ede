package filon.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Push;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a pool of Kaspa")
class KaspaTest {
    private static final ProofOfWork KHEAVYHASH = ProofsOfWork.of("kheavyhash");
    private static final double TRIVIAL = 1e-9;
    private static final String AUTHORIZE =
            "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"kaspa:q.rig\",\"x\"]}";
    private final Scene scene = new Scene(Plan.of(KHEAVYHASH, Dialect.KASPA, TRIVIAL));
    private final Wiretap miner = scene.miner();

    @Test
    void saysWhatTheBridgeSays() {
        // When
        List<String> lines = miner.say(subscribe("lolMiner 1.76"), AUTHORIZE);

        // Then
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("{\"id\":1,\"result\":[true,\"EthereumStratum/1.0.0\"],\"error\":null}");
        assertThat(lines.get(1)).isEqualTo("{\"id\":2,\"result\":true,\"error\":null}");
        assertThat(lines.get(2))
                .matches("\\{\"id\":null,\"jsonrpc\":\"2.0\",\"method\":\"set_extranonce\","
                        + "\"params\":\\[\"[0-9a-f]{4}\",6]}");
        assertThat(lines.get(3))
                .isEqualTo(
                        "{\"id\":null,\"jsonrpc\":\"2.0\",\"method\":\"mining.set_difficulty\",\"params\":[1.0E-9]}");
        assertThat(lines.get(4))
                .matches("\\{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"mining.notify\","
                        + "\"params\":\\[\"1\",\\[[0-9]+,[0-9]+,[0-9]+,[0-9]+],1767225600000]}");
    }

    @Test
    void answersSharesAsTheFieldDoes() {
        // Given
        List<String> lines = miner.say(subscribe("lolMiner 1.76"), AUTHORIZE);
        String prefix = Wiretap.json(lines.get(2)).at("/params/0").asText();
        Solver solver = solver(Wiretap.json(lines.get(4)).path("params"));
        String nonce = solver.hit(prefix);
        String next = solver.hitAfter(nonce, prefix);

        // When // Then
        assertThat(miner.say(submit("1", "0x" + nonce))).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(miner.say(submit("1", "0x" + nonce)))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[22,\"Duplicate share submitted\",null]}");
        assertThat(miner.say(submit("1", next.substring(4))))
                .as("a short nonce gets the extranonce before it")
                .containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(miner.say(submit("1", "0x" + solver.miss(prefix))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[23,\"Invalid difficulty\",null]}");
        assertThat(miner.say(submit("5", "0x" + nonce)))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[21,\"Job not found\",null]}");
        assertThat(miner.say(submit("1", "0xffff000000000000")))
                .singleElement()
                .asString()
                .contains("[20,\"nonce does not begin with " + prefix);
    }

    @Test
    void writesTheSameJobAsOneNumberForThoseWhoWantThat() {
        // Given
        JsonNode words = Wiretap.json(
                        miner.say(subscribe("lolMiner 1.76"), AUTHORIZE).get(4))
                .path("params");

        // When
        JsonNode large = Wiretap.json(
                        scene.miner().say(subscribe("BzMiner-v19"), AUTHORIZE).get(4))
                .path("params");

        // Then
        StringBuilder digits = new StringBuilder();
        words.path(1).forEach(word -> digits.append(String.format("%016x", word.bigIntegerValue())));
        byte[] timestamp = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(words.path(2).asLong())
                .array();
        assertThat(large.path(1).asText())
                .isEqualTo(digits + HexFormat.of().formatHex(timestamp))
                .hasSize(80);
    }

    @Test
    void changesTheExtranonceWithoutThePrefixThatOtherMethodsHave() {
        // Given
        miner.say(subscribe("lolMiner 1.76"), AUTHORIZE);

        // When
        scene.pool.push(new Push.Extranonce(5, false));

        // Then
        assertThat(miner.heard())
                .singleElement()
                .asString()
                .matches("\\{\"id\":null,\"jsonrpc\":\"2.0\",\"method\":\"set_extranonce\","
                        + "\"params\":\\[\"[0-9a-f]{6}\",5]}");
    }

    private static Solver solver(JsonNode job) {
        ByteBuffer prefix = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        job.path(1).forEach(word -> prefix.putLong(word.bigIntegerValue().longValue()));
        prefix.putLong(job.path(2).asLong());
        return new Solver(KHEAVYHASH, Header.of(prefix.array()), KHEAVYHASH.targetOf(BigDecimal.valueOf(TRIVIAL)));
    }

    private static String subscribe(String agent) {
        return "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"" + agent + "\"]}";
    }

    private static String submit(String job, String nonce) {
        return "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"kaspa:q.rig\",\"" + job + "\",\"" + nonce + "\"]}";
    }
}

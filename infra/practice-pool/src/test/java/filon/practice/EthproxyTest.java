package filon.practice;

import static filon.practice.Ethash.ETHASH;
import static filon.practice.Ethash.ZERO_SEED;
import static filon.practice.Ethash.scene;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Target;
import filon.practice.book.Receipt;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Quirk;
import filon.practice.wire.Wire;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a pool that speaks getWork over a line")
class EthproxyTest {
    private static final String LOGIN = "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitLogin\","
            + "\"worker\":\"rig1\",\"params\":[\"0xADDR\",\"x\"]}";
    private static final String WORK = "{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"eth_getWork\",\"params\":[]}";
    private final Scene scene = new Scene(Plan.of(ETHASH, Dialect.ETHPROXY, 1e-7));
    private final Wiretap miner = scene.miner();

    @Test
    void saysWhatTheTranscriptSays() {
        // When
        List<String> lines = miner.say(LOGIN, WORK);
        scene.pool.newBlock();

        // Then
        assertThat(lines.get(0)).isEqualTo("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":true}");
        assertThat(lines.get(1))
                .matches("\\{\"id\":2,\"jsonrpc\":\"2.0\",\"result\":\\[\"0x[0-9a-f]{64}\",\"0x" + ZERO_SEED
                        + "\",\"0x[0-9a-f]{62}\"]}");
        assertThat(miner.heard().getFirst())
                .matches("\\{\"id\":0,\"jsonrpc\":\"2.0\",\"result\":\\[\"0x[0-9a-f]{64}\",\"0x[0-9a-f]{64}\","
                        + "\"0x[0-9a-f]{62}\"]}");
        assertThat(miner.say("{\"id\":6,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitHashrate\",\"worker\":\"rig1\","
                        + "\"params\":[\"0x" + "0".repeat(62) + "ff\",\"0x" + "1".repeat(64) + "\"]}"))
                .containsExactly("{\"id\":6,\"jsonrpc\":\"2.0\",\"result\":true}");
    }

    @Test
    void tellsStaleAndWeakSharesNotApart() {
        // Given
        Scene easy = scene(Dialect.ETHPROXY);
        Wiretap there = easy.miner();
        JsonNode work = Wiretap.json(there.say(LOGIN, WORK).get(1)).path("result");
        Solver solver = solver(work);
        String nonce = solver.hit("");
        String other = solver.hitAfter(nonce, "");

        // When // Then
        assertThat(there.say(submit(work, solver, nonce)))
                .containsExactly("{\"id\":3,\"jsonrpc\":\"2.0\",\"result\":true}");
        assertThat(there.say(submit(work, solver, solver.miss(""))))
                .containsExactly("{\"id\":3,\"jsonrpc\":\"2.0\",\"result\":false}");
        easy.pool.newBlock();
        there.heard();
        assertThat(there.say(submit(work, solver, other)))
                .containsExactly("{\"id\":3,\"jsonrpc\":\"2.0\",\"result\":false}");
        assertThat(easy.pool.receipts()).extracting(Receipt::worker).containsOnly("0xADDR.rig1");
        assertThat(there.ending()).isEmpty();
    }

    @Test
    void endsTheConnectionAfterADuplicateWhoeverFoundItFirst() {
        // Given
        Scene easy = scene(Dialect.ETHPROXY);
        Wiretap there = easy.miner();
        Wiretap twin = easy.miner();
        JsonNode work = Wiretap.json(there.say(LOGIN, WORK).get(1)).path("result");
        twin.say(LOGIN, WORK);
        Solver solver = solver(work);
        String nonce = solver.hit("");
        there.say(submit(work, solver, nonce));

        // When
        List<String> lines = twin.say(submit(work, solver, nonce));

        // Then
        assertThat(lines)
                .containsExactly("{\"id\":3,\"jsonrpc\":\"2.0\",\"result\":null,"
                        + "\"error\":{\"code\":22,\"message\":\"Duplicate share\"}}");
        assertThat(twin.ending()).contains(Wire.Ending.FINISHED);
    }

    @Test
    void takesLowerCaseNoncesWith0xOnly() {
        // Given
        JsonNode work = Wiretap.json(miner.say(LOGIN, WORK).get(1)).path("result");

        // When
        List<String> lines = miner.say("{\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitWork\",\"params\":["
                + "\"0x00000000000000AB\",\"" + work.path(0).asText() + "\",\"0x" + "0".repeat(64) + "\"]}");

        // Then
        assertThat(lines)
                .containsExactly("{\"id\":3,\"jsonrpc\":\"2.0\",\"result\":null,"
                        + "\"error\":{\"code\":-1,\"message\":\"Malformed PoW result\"}}");
        assertThat(miner.ending()).contains(Wire.Ending.FINISHED);
    }

    @Test
    void refusesAWrongMix() {
        // Given
        Scene easy = scene(Dialect.ETHPROXY);
        Wiretap there = easy.miner();
        JsonNode work = Wiretap.json(there.say(LOGIN, WORK).get(1)).path("result");
        String nonce = solver(work).hit("");

        // When // Then
        assertThat(there.say("{\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitWork\",\"params\":[\"0x" + nonce
                        + "\",\"" + work.path(0).asText() + "\",\"0x" + "0".repeat(64) + "\"]}"))
                .containsExactly("{\"id\":3,\"jsonrpc\":\"2.0\",\"result\":false}");
    }

    @Test
    void addsTheHeightWhereThatIsItsQuirk() {
        assertThat(scene(Dialect.ETHPROXY, Quirk.WORK_WITH_HEIGHT)
                        .miner()
                        .say(WORK)
                        .getFirst())
                .endsWith(",\"0x3e8\"]}");
    }

    @Test
    void writesTargetsAsItsQuirkWantsThem() {
        assertThat(scene(Dialect.ETHPROXY, Quirk.PADDED_TARGETS)
                        .miner()
                        .say(WORK)
                        .getFirst())
                .matches(".*\"0x[0-9a-f]{64}\"]}");
        assertThat(scene(Dialect.ETHPROXY, Quirk.DECIMAL_TARGETS)
                        .miner()
                        .say(WORK)
                        .getFirst())
                .matches(".*\"[0-9]{60,80}\"]}");
    }

    private static Solver solver(JsonNode work) {
        return Solver.of(
                ETHASH,
                work.path(0).asText().substring(2),
                1_000,
                Target.ofHex(work.path(2).asText()));
    }

    private static String submit(JsonNode work, Solver solver, String nonce) {
        return "{\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitWork\",\"worker\":\"rig1\",\"params\":[\"0x"
                + nonce + "\",\"" + work.path(0).asText() + "\",\"0x" + solver.mix(nonce) + "\"]}";
    }
}

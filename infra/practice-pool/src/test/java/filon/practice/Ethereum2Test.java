package filon.practice;

import static filon.practice.Ethash.ETHASH;
import static filon.practice.Ethash.TARGET;
import static filon.practice.Ethash.scene;
import static org.assertj.core.api.Assertions.assertThat;

import filon.practice.dialect.Dialect;
import filon.practice.dialect.Push;
import filon.practice.wire.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a pool that speaks EthereumStratum/2.0.0")
class Ethereum2Test {
    private static final String HELLO = "{\"id\":0,\"method\":\"mining.hello\",\"params\":{\"agent\":\"m\","
            + "\"host\":\"h\",\"port\":\"4d2\",\"proto\":\"EthereumStratum/2.0.0\"}}";
    private static final String SUBSCRIBE = "{\"id\":1,\"method\":\"mining.subscribe\"}";
    private static final String AUTHORIZE = "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"acc.rig\",\"x\"]}";
    private final Scene scene = scene(Dialect.ETHEREUM2);
    private final Wiretap miner = scene.miner();

    @Test
    void saysWhatTheProposalSays() {
        // When
        List<String> lines = miner.say(HELLO, SUBSCRIBE, AUTHORIZE);

        // Then
        assertThat(lines.get(0))
                .isEqualTo("{\"id\":0,\"result\":{\"proto\":\"EthereumStratum/2.0.0\",\"encoding\":\"plain\","
                        + "\"resume\":\"1\",\"timeout\":\"b4\",\"maxerrors\":\"ff\",\"node\":\"filon-practice\"}}");
        assertThat(lines.get(1)).matches("\\{\"id\":1,\"result\":\"s-[0-9]+\"}");
        assertThat(lines.get(2)).isEqualTo("{\"id\":2,\"result\":\"w-1\"}");
        assertThat(lines.get(3))
                .matches("\\{\"method\":\"mining.set\",\"params\":\\{\"epoch\":\"0\",\"target\":\"[1-9a-f][0-9a-f]*\","
                        + "\"algo\":\"ethash\",\"extranonce\":\"[0-9a-f]{4}\"}}");
        assertThat(lines.get(4))
                .matches("\\{\"method\":\"mining.notify\",\"params\":\\[\"00000001\",\"3e8\",\"[0-9a-f]{64}\",\"1\"]}");
        assertThat(miner.say("{\"id\":50,\"method\":\"mining.noop\"}")).containsExactly("{\"id\":50}");
        assertThat(miner.say("{\"id\":16,\"method\":\"mining.hashrate\",\"params\":[\"500000\",\"w-1\"]}"))
                .containsExactly("{\"id\":16}");
    }

    @Test
    void answersSharesShortlyAndErrorsAsObjects() {
        // Given
        List<String> lines = miner.say(HELLO, SUBSCRIBE, AUTHORIZE);
        String prefix = prefix(lines.get(3));
        Solver solver = solver(lines.get(4));
        String nonce = solver.hit(prefix);

        // When // Then
        assertThat(miner.say(submit("00000001", nonce, "w-1"))).containsExactly("{\"id\":31}");
        assertThat(miner.say(submit("00000001", nonce, "w-1")))
                .containsExactly("{\"id\":31,\"error\":{\"code\":409,\"message\":\"Duplicate share\"}}");
        assertThat(miner.say(submit("00000001", solver.miss(prefix), "w-1")))
                .containsExactly("{\"id\":31,\"error\":{\"code\":406,\"message\":\"Bad nonce\"}}");
        assertThat(miner.say(submit("00000009", nonce, "w-1")))
                .containsExactly("{\"id\":31,\"error\":{\"code\":404,\"message\":\"Job not found\"}}");
        assertThat(miner.say(submit("00000001", nonce, "w-9")))
                .containsExactly("{\"id\":31,\"error\":{\"code\":300,\"message\":\"Unknown worker\"}}");
    }

    @Test
    void countsAShareForAnOldBlockWithARemark() {
        // Given
        List<String> lines = miner.say(HELLO, SUBSCRIBE, AUTHORIZE);
        String nonce = solver(lines.get(4)).hit(prefix(lines.get(3)));

        // When
        scene.pool.newBlock();
        List<String> answer = miner.say(submit("00000001", nonce, "w-1"));

        // Then
        assertThat(answer.getLast()).isEqualTo("{\"id\":31,\"error\":{\"code\":202,\"message\":\"Stale\"}}");
        assertThat(scene.pool.counts().accepted()).isEqualTo(1);
    }

    @Test
    void saysOnlyWhatChanged() {
        // Given
        miner.say(HELLO, SUBSCRIBE, AUTHORIZE);

        // When
        scene.pool.setDifficulty(1);
        scene.pool.push(new Push.Extranonce(0, false));
        scene.pool.refreshJob();

        // Then
        List<String> lines = miner.heard();
        assertThat(lines.get(0))
                .isEqualTo("{\"method\":\"mining.set\",\"params\":{\"target\":\"ffff" + "0".repeat(52) + "\"}}");
        assertThat(lines.get(1)).matches("\\{\"method\":\"mining.set\",\"params\":\\{\"extranonce\":\"[0-9a-f]{4}\"}}");
        assertThat(lines.get(2)).startsWith("{\"method\":\"mining.notify\"").endsWith(",\"0\"]}");
    }

    @Test
    void resumesASessionWithItsWorkersAndValues() {
        // Given
        List<String> lines = miner.say(HELLO, SUBSCRIBE, AUTHORIZE);
        String session = Wiretap.json(lines.get(1)).path("result").asText();
        String nonce = solver(lines.get(4)).hit(prefix(lines.get(3)));
        miner.link().minerClosed();

        // When
        Wiretap again = scene.miner();
        List<String> resumed = again.say(
                HELLO,
                "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":\"" + session + "\"}",
                submit("00000001", nonce, "w-1"));

        // Then
        assertThat(resumed.get(1)).isEqualTo("{\"id\":1,\"result\":\"" + session + "\"}");
        assertThat(resumed.get(2)).contains("mining.notify").endsWith(",\"0\"]}");
        assertThat(resumed.get(3)).isEqualTo("{\"id\":31}");
    }

    @Test
    void endsAConnectionThatDoesNotGreet() {
        assertThat(miner.say(SUBSCRIBE))
                .containsExactly("{\"id\":1,\"error\":{\"code\":400,\"message\":\"Bad protocol request\"}}");
        assertThat(miner.ending()).contains(Wire.Ending.FINISHED);
    }

    @Test
    void waitsAsLongAsItSaysForASignOfLife() {
        // Given
        miner.say(HELLO, SUBSCRIBE, AUTHORIZE);
        scene.pass(Duration.ofSeconds(170));
        miner.say("{\"id\":50,\"method\":\"mining.noop\"}");

        // When
        scene.pass(Duration.ofSeconds(179));

        // Then
        assertThat(miner.ending()).isEmpty();
        scene.pass(Duration.ofSeconds(2));
        assertThat(miner.ending()).isPresent();
    }

    @Test
    void movesMinersInItsOwnWords() {
        // Given
        miner.say(HELLO, SUBSCRIBE, AUTHORIZE);

        // When
        scene.pool.push(new Push.Reconnect("other.example", 3456, 0));

        // Then
        assertThat(miner.heard())
                .containsExactly("{\"method\":\"mining.reconnect\",\"params\":{\"host\":\"other.example\","
                        + "\"port\":\"d80\",\"resume\":\"1\"}}");
    }

    private static String prefix(String set) {
        return Wiretap.json(set).at("/params/extranonce").asText();
    }

    private static Solver solver(String notify) {
        return Solver.of(ETHASH, Wiretap.json(notify).at("/params/2").asText(), 1_000, TARGET);
    }

    private static String submit(String job, String nonce, String token) {
        return "{\"id\":31,\"method\":\"mining.submit\",\"params\":[\"" + job + "\",\"" + nonce.substring(4) + "\",\""
                + token + "\"]}";
    }
}

package filon.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.practice.dialect.Dialect;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a pool of Ravencoin")
class KawpowTest {
    private static final ProofOfWork KAWPOW = ProofsOfWork.of("kawpow").reduced();
    private static final String[] GREETING = {
        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"agent\"]}",
        "{\"id\":2,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}",
        "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"w\",\"x\"]}"
    };
    private final Scene scene = new Scene(Plan.of(KAWPOW, Dialect.KAWPOW, 1e-9));
    private final Wiretap miner = scene.miner();

    @Test
    void saysWhatTheTranscriptSaysWithThePushesFirst() {
        // When
        List<String> lines = miner.say(GREETING);

        // Then
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).matches("\\{\"id\":1,\"result\":\\[null,\"[0-9a-f]{6}\"],\"error\":null}");
        assertThat(lines.get(1)).isEqualTo("{\"id\":2,\"result\":false,\"error\":[20,\"Not supported.\",null]}");
        assertThat(lines.get(2))
                .matches("\\{\"id\":null,\"method\":\"mining.set_target\",\"params\":\\[\"[0-9a-f]{64}\"]}");
        assertThat(lines.get(3))
                .matches("\\{\"id\":null,\"method\":\"mining.notify\",\"params\":\\[\"0{60}cccd\",\"[0-9a-f]{64}\","
                        + "\"0{64}\",\"[0-9a-f]{64}\",true,1000,\"1b00ffff\"]}");
        assertThat(lines.get(4)).isEqualTo("{\"id\":3,\"result\":true,\"error\":null}");
    }

    @Test
    void answersSharesAsTheFieldDoes() {
        // Given
        List<String> lines = miner.say(GREETING);
        String prefix = Wiretap.json(lines.get(0)).at("/result/1").asText();
        JsonNode job = Wiretap.json(lines.get(3)).path("params");
        Solver solver = solver(job);
        String nonce = solver.hit(prefix);
        String good = submit(job.path(0).asText(), nonce, job.path(1).asText(), solver.mix(nonce));

        // When // Then
        assertThat(miner.say(good)).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(miner.say(good)).containsExactly("{\"id\":4,\"result\":null,\"error\":[22,\"duplicate share\"]}");
        String miss = solver.miss(prefix);
        assertThat(miner.say(submit(job.path(0).asText(), miss, job.path(1).asText(), solver.mix(miss))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[20,\"kawpow validation failed\"]}");
        assertThat(miner.say(submit("1".repeat(64), nonce, job.path(1).asText(), solver.mix(nonce))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[20,\"job not found\"]}");
        assertThat(miner.say(submit(job.path(0).asText(), nonce, "2".repeat(64), solver.mix(nonce))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[20,\"invalid header hash\"]}");
        assertThat(miner.say(submit(job.path(0).asText(), nonce, job.path(1).asText(), "3".repeat(64))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[20,\"kawpow validation failed\"]}");
    }

    @Test
    void enforcesTheFirstTwoBytesOfTheNonceAndNotTheThird() {
        // Given
        List<String> lines = miner.say(GREETING);
        String prefix = Wiretap.json(lines.get(0)).at("/result/1").asText();
        JsonNode job = Wiretap.json(lines.get(3)).path("params");
        Solver solver = solver(job);
        String outside = solver.hit("ffff");
        String within = solver.hit(prefix.substring(0, 4) + "ff");

        // When // Then
        assertThat(miner.say(submit(job.path(0).asText(), outside, job.path(1).asText(), solver.mix(outside))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[24,\"nonce out of worker range\"]}");
        assertThat(miner.say(submit(job.path(0).asText(), within, job.path(1).asText(), solver.mix(within))))
                .containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
    }

    @Test
    void dropsTheFirstTwoCharactersWhateverTheyAre() {
        // Given
        List<String> lines = miner.say(GREETING);
        String prefix = Wiretap.json(lines.get(0)).at("/result/1").asText();
        JsonNode job = Wiretap.json(lines.get(3)).path("params");
        Solver solver = solver(job);
        String nonce = solver.hit(prefix);

        // When
        String bare = submit(job.path(0).asText(), nonce, job.path(1).asText(), solver.mix(nonce))
                .replace("0x" + nonce, nonce);

        // Then
        assertThat(miner.say(bare))
                .containsExactly(
                        "{\"id\":4,\"result\":null,\"error\":[20,\"incorrect size of nonce, must be 8 bytes\"]}");
    }

    @Test
    void rebroadcastsAtTheSameHeightAndCallsOldJobsTooOld() {
        // Given
        List<String> lines = miner.say(GREETING);
        String prefix = Wiretap.json(lines.get(0)).at("/result/1").asText();
        JsonNode job = Wiretap.json(lines.get(3)).path("params");
        Solver solver = solver(job);
        String nonce = solver.hit(prefix);

        // When
        scene.pool.refreshJob();
        JsonNode again = Wiretap.json(miner.heard().getFirst()).path("params");
        scene.pass(Duration.ofSeconds(601));

        // Then
        assertThat(again.path(4).asBoolean()).isFalse();
        assertThat(again.path(5).asInt()).isEqualTo(1_000);
        assertThat(again.path(0)).isNotEqualTo(job.path(0));
        assertThat(miner.say(submit(job.path(0).asText(), nonce, job.path(1).asText(), solver.mix(nonce))))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[20,\"job is too old\"]}");
    }

    private static Solver solver(JsonNode job) {
        return Solver.of(
                KAWPOW,
                job.path(1).asText(),
                job.path(5).asLong(),
                Target.ofHex(job.path(3).asText()));
    }

    private static String submit(String job, String nonce, String header, String mix) {
        return "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"w\",\"" + job + "\",\"0x" + nonce + "\",\"0x"
                + header + "\",\"0x" + mix + "\"]}";
    }
}

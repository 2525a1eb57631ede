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
    private static final String ACCEPTED = "{\"id\":4,\"result\":true,\"error\":null}";
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
        Greeted greeted = greeted();
        String nonce = greeted.hit();
        String good = greeted.share(nonce);

        // When // Then
        assertThat(miner.say(good)).containsExactly(ACCEPTED);
        assertThat(miner.say(good)).containsExactly(refusal(22, "duplicate share"));
        String miss = greeted.solver().miss(greeted.prefix());
        assertThat(miner.say(greeted.share(miss))).containsExactly(refusal(20, "kawpow validation failed"));
        assertThat(miner.say(submit("1".repeat(64), nonce, greeted.header(), greeted.mix(nonce))))
                .containsExactly(refusal(20, "job not found"));
        assertThat(miner.say(submit(greeted.id(), nonce, "2".repeat(64), greeted.mix(nonce))))
                .containsExactly(refusal(20, "invalid header hash"));
        assertThat(miner.say(submit(greeted.id(), nonce, greeted.header(), "3".repeat(64))))
                .containsExactly(refusal(20, "kawpow validation failed"));
    }

    @Test
    void enforcesTheFirstTwoBytesOfTheNonceAndNotTheThird() {
        // Given
        Greeted greeted = greeted();
        String outside = greeted.solver().hit("ffff");
        String within = greeted.solver().hit(greeted.prefix().substring(0, 4) + "ff");

        // When // Then
        assertThat(miner.say(greeted.share(outside))).containsExactly(refusal(24, "nonce out of worker range"));
        assertThat(miner.say(greeted.share(within))).containsExactly(ACCEPTED);
    }

    @Test
    void dropsTheFirstTwoCharactersWhateverTheyAre() {
        // Given
        Greeted greeted = greeted();
        String nonce = greeted.hit();

        // When
        String bare = greeted.share(nonce).replace("0x" + nonce, nonce);

        // Then
        assertThat(miner.say(bare)).containsExactly(refusal(20, "incorrect size of nonce, must be 8 bytes"));
    }

    @Test
    void rebroadcastsAtTheSameHeightAndCallsOldJobsTooOld() {
        // Given
        Greeted greeted = greeted();
        String nonce = greeted.hit();

        // When
        scene.pool.refreshJob();
        JsonNode again = Wiretap.json(miner.heard().getFirst()).path("params");
        scene.pass(Duration.ofSeconds(601));

        // Then
        assertThat(again.path(4).asBoolean()).isFalse();
        assertThat(again.path(5).asInt()).isEqualTo(1_000);
        assertThat(again.path(0)).isNotEqualTo(greeted.job().path(0));
        assertThat(miner.say(greeted.share(nonce))).containsExactly(refusal(20, "job is too old"));
    }

    private Greeted greeted() {
        List<String> lines = miner.say(GREETING);
        String prefix = Wiretap.json(lines.get(0)).at("/result/1").asText();
        return new Greeted(prefix, Wiretap.json(lines.get(3)).path("params"));
    }

    /** What a miner was told that was let in: the first bytes of its nonces, and a job. */
    private record Greeted(String prefix, JsonNode job) {
        String id() {
            return job.path(0).asText();
        }

        String header() {
            return job.path(1).asText();
        }

        Solver solver() {
            Target target = Target.ofHex(job.path(3).asText());
            return Solver.of(KAWPOW, header(), job.path(5).asLong(), target);
        }

        String hit() {
            return solver().hit(prefix);
        }

        String mix(String nonce) {
            return solver().mix(nonce);
        }

        /** Submits this nonce, with all else as it should be. */
        String share(String nonce) {
            return submit(id(), nonce, header(), mix(nonce));
        }
    }

    private static String refusal(int code, String why) {
        return "{\"id\":4,\"result\":null,\"error\":[" + code + ",\"" + why + "\"]}";
    }

    private static String submit(String job, String nonce, String header, String mix) {
        return "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"w\",\"" + job + "\",\"0x" + nonce + "\",\"0x"
                + header + "\",\"0x" + mix + "\"]}";
    }
}

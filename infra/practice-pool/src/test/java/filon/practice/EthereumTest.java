package filon.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.practice.book.Receipt;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Push;
import filon.practice.dialect.Quirk;
import filon.practice.wire.Wire;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("a pool of the Ethereum family")
class EthereumTest {
    private static final ProofOfWork ETHASH = ProofsOfWork.of("ethash").reduced();
    /** About every fourth hash is a share. */
    private static final double TRIVIAL = 1e-9;

    private static final Target TARGET = ETHASH.targetOf(BigDecimal.valueOf(TRIVIAL));
    private static final String ZERO_SEED = "0".repeat(64);
    /** keccak256 of 32 zeros: the seed of epoch 1. */
    private static final String SEED_1 = "290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563";

    private static Scene scene(Dialect dialect, Quirk... quirks) {
        return new Scene(Plan.of(ETHASH, dialect, TRIVIAL).with(quirks));
    }

    @Nested
    @DisplayName("that speaks EthereumStratum/1.0.0")
    class EthereumStratum1 {
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
            assertThat(lines.get(3))
                    .isEqualTo("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1.0E-9]}");
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
            assertThat(miner.say(submit("00000001", nonce.substring(4))).getLast())
                    .contains("[-1,\"Job not found\",null]");
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
            Scene classic =
                    new Scene(Plan.of(etchash, Dialect.ETHEREUM1, TRIVIAL).withHeight(11_700_000));
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

    @Nested
    @DisplayName("that speaks getWork over a line")
    class Ethproxy {
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

    @Nested
    @DisplayName("that speaks EthereumStratum/2.0.0")
    class EthereumStratum2 {
        private static final String HELLO = "{\"id\":0,\"method\":\"mining.hello\",\"params\":{\"agent\":\"m\","
                + "\"host\":\"h\",\"port\":\"4d2\",\"proto\":\"EthereumStratum/2.0.0\"}}";
        private static final String SUBSCRIBE = "{\"id\":1,\"method\":\"mining.subscribe\"}";
        private static final String AUTHORIZE =
                "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"acc.rig\",\"x\"]}";
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
                    .matches(
                            "\\{\"method\":\"mining.set\",\"params\":\\{\"epoch\":\"0\",\"target\":\"[1-9a-f][0-9a-f]*\","
                                    + "\"algo\":\"ethash\",\"extranonce\":\"[0-9a-f]{4}\"}}");
            assertThat(lines.get(4))
                    .matches(
                            "\\{\"method\":\"mining.notify\",\"params\":\\[\"00000001\",\"3e8\",\"[0-9a-f]{64}\",\"1\"]}");
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
            assertThat(lines.get(1))
                    .matches("\\{\"method\":\"mining.set\",\"params\":\\{\"extranonce\":\"[0-9a-f]{4}\"}}");
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
            return "{\"id\":31,\"method\":\"mining.submit\",\"params\":[\"" + job + "\",\"" + nonce.substring(4)
                    + "\",\"" + token + "\"]}";
        }
    }

    @Nested
    @DisplayName("that speaks Stratum V1 with Ethereum's work")
    class Plain {
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
                    .matches(
                            "\\{\"id\":null,\"method\":\"mining.notify\",\"params\":\\[\"00000001\",\"0x[0-9a-f]{64}\","
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
}

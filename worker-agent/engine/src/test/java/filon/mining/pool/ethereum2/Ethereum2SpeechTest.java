package filon.mining.pool.ethereum2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolMemory;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.HostileLines;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ethereum2SpeechTest {
    private static final String GREETED =
            "{\"id\":1,\"result\":{\"proto\":\"EthereumStratum/2.0.0\",\"encoding\":\"plain\",\"resume\":\"1\","
                    + "\"timeout\":\"b4\",\"maxerrors\":\"5\",\"node\":\"Geth/v1.8.18\"}}";
    private static final String SUBSCRIBED = "{\"id\":2,\"result\":\"s-12345\"}";
    private static final String AUTHORISED = "{\"id\":3,\"result\":\"w-123\"}";
    private static final String HASH = "645cf20198c2f3861e947d4f67e3ab63b7b2e24dcc9095bd9123e7b33371f6cc";
    private static final String SET =
            set("\"epoch\":\"dc\",\"target\":\"0112e0be826d694b2e62d01511f12a6061fbaec8bc02357593e70e52ba\","
                    + "\"algo\":\"ethash\",\"extranonce\":\"af4c\"");

    private final PoolMemory memory = new PoolMemory();
    private final Dialogue talk = dialogue("ethash", memory);

    private static Dialogue dialogue(String algorithm, PoolMemory memory) {
        return new Dialogue(Dialogue.Setting.of(
                        ProofsOfWork.of(algorithm), new Ethereum2Dialect(), "stratum2+ssl://pool.example.com:1234")
                .with(memory));
    }

    private static String set(String members) {
        return "{\"method\":\"mining.set\",\"params\":{" + members + "}}";
    }

    private static String notice(String id, String height, String clean) {
        return "{\"method\":\"mining.notify\",\"params\":[\"" + id + "\",\"" + height + "\",\"" + HASH + "\",\"" + clean
                + "\"]}";
    }

    private void ready() throws IOException {
        talk.open();
        talk.pool(GREETED, SUBSCRIBED, AUTHORISED, SET);
        talk.miner();
    }

    @Test
    void saysAndUnderstandsWhatTheSpecificationShows() throws IOException {
        talk.open();
        assertThat(talk.miner())
                .containsExactly("{\"id\":1,\"method\":\"mining.hello\",\"params\":{\"agent\":\"filon/0.1\","
                        + "\"host\":\"pool.example.com\",\"port\":\"4d2\",\"proto\":\"EthereumStratum/2.0.0\"}}");
        talk.pool(GREETED);
        assertThat(talk.miner()).containsExactly("{\"id\":2,\"method\":\"mining.subscribe\"}");
        talk.pool(SUBSCRIBED);
        assertThat(talk.miner())
                .containsExactly("{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}");
        talk.pool(AUTHORISED, SET, notice("bf0488aa", "6526d5", "0"));
        PoolJob job = talk.lastJob();
        Header header = job.next().orElseThrow().work().header();
        assertThat(HexFormat.of().formatHex(header.prefix())).isEqualTo(HASH);
        assertThat(header.height()).isEqualTo(0x6526d5);
        assertThat(job.target()).hasToString("0000000112e0be826d694b2e62d01511f12a6061fbaec8bc02357593e70e52ba");
        assertThat(job.isClean()).isFalse();

        talk.session().submit(talk.share(job, 0x5fccd712L));

        assertThat(talk.miner().getFirst())
                .matches("\\{\"id\":4,\"method\":\"mining.submit\","
                        + "\"params\":\\[\"bf0488aa\",\"[0-9a-f]{4}5fccd712\",\"w-123\"]}");
        talk.pool("{\"id\":4}");
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
    }

    @Test
    void searchesOnlyBelowItsExtranonceFromTheNextJobOn() throws IOException {
        ready();
        talk.pool(notice("a", "6526d5", "1"), set("\"extranonce\":\"\""));
        assertThat(talk.share(talk.lastJob(), 1).submission().get(1)).hasSize(12);

        talk.pool(notice("a", "6526d5", "0"));

        assertThat(talk.share(talk.lastJob(), 1).submission().get(1)).hasSize(16);
        assertThat(talk.share(talk.jobs().getFirst(), 1).submission().get(1)).hasSize(12);
    }

    @Test
    void keepsWhatASetDoesNotName() throws IOException {
        ready();
        talk.pool(set("\"target\":\"ff\""), notice("a", "6526d5", "1"));

        assertThat(talk.lastJob().target()).hasToString("0".repeat(62) + "ff");
        assertThat(talk.share(talk.lastJob(), 1).submission().get(1)).hasSize(12);
    }

    @Test
    void takesNothingOfASetInWhichSomethingIsWrong() throws IOException {
        ready();

        talk.pool(set("\"target\":\"ff\",\"extranonce\":\"" + "ab".repeat(64) + "\""), notice("a", "6526d5", "1"));

        assertThat(talk.said()).singleElement().asString().contains("extranonce of 128 hex digits");
        assertThat(talk.lastJob().target().toString()).startsWith("00000001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"target\":\"-1\"",
                "\"target\":\"10000000000000000000000000000000000000000000000000000000000000000\"",
                "\"epoch\":\"-1\"",
                "\"epoch\":\"ffffffffffffffff\"",
                "\"extranonce\":7",
                "\"algo\":[]"
            })
    void ignoresASetOfNonsenseAndSaysSo(String members) throws IOException {
        ready();

        talk.pool(set(members), notice("a", "6526d5", "1"));

        assertThat(talk.said()).singleElement().asString().startsWith("ignored mining.set: ");
        assertThat(talk.jobs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fffffffffffffff", "-1", "", "1", "6526d5000000000000"})
    void refusesABlockThatIsNotInTheEpoch(String height) throws IOException {
        ready();

        talk.pool(notice("a", height, "1"));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).singleElement().asString().contains("ignored mining.notify: block");
    }

    @Test
    void minesNothingOfAnotherAlgorithm() throws IOException {
        ready();

        talk.pool(set("\"algo\":\"progpow\""), notice("a", "6526d5", "1"));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).singleElement().asString().contains("wants progpow, and ethash is mined");
    }

    @Test
    void minesEtchashWhoseEpochsAreCountedEitherWay() throws IOException {
        for (String epoch : List.of("c8", "190")) {
            Dialogue etchash = dialogue("etchash", new PoolMemory());
            etchash.open();

            etchash.pool(GREETED, SUBSCRIBED, AUTHORISED, set("\"epoch\":\"" + epoch + "\",\"algo\":\"etchash\""));
            etchash.pool(notice("a", Long.toHexString(12_000_000), "1"));

            assertThat(etchash.jobs()).hasSize(1);
        }
    }

    @Test
    void holdsAJobThatComesBeforeItIsAuthorised() throws IOException {
        talk.open();
        talk.pool(GREETED, SUBSCRIBED, SET, notice("a", "6526d5", "1"));
        assertThat(talk.jobs()).isEmpty();

        talk.pool(AUTHORISED);

        assertThat(talk.share(talk.lastJob(), 1).submission()).contains("a", "w-123");
    }

    @Test
    void goesOnWithTheSessionAndWhatWasSetInIt() throws IOException {
        ready();
        Dialogue again = dialogue("ethash", memory);
        again.open();
        again.pool(GREETED);
        assertThat(again.miner().getLast())
                .isEqualTo("{\"id\":2,\"method\":\"mining.subscribe\",\"params\":\"s-12345\"}");

        again.pool(SUBSCRIBED, AUTHORISED, notice("a", "6526d5", "1"));

        assertThat(again.lastJob().target().toString()).startsWith("00000001");
        assertThat(again.share(again.lastJob(), 1).submission().get(1)).hasSize(12);
        talk.pool(notice("a", "6526d5", "1"));
        assertThat(again.session().identity())
                .isPresent()
                .isEqualTo(talk.session().identity());
    }

    @Test
    void beginsAnewWhereThePoolGivesAnotherSession() throws IOException {
        ready();
        Dialogue again = dialogue("ethash", memory);
        again.open();

        again.pool(GREETED, SUBSCRIBED.replace("12345", "6"), AUTHORISED, notice("a", "6526d5", "1"));

        assertThat(again.jobs()).isEmpty();
        assertThat(again.said()).singleElement().asString().contains("mining.set named no epoch yet");
        assertThat(again.session().identity()).isNotEqualTo(talk.session().identity());
    }

    @Test
    void doesNotAskToGoOnWhereThePoolCannotOrSaidGoodBye() throws IOException {
        ready();
        Dialogue again = dialogue("ethash", memory);
        again.open();
        again.pool(GREETED.replace("\"resume\":\"1\"", "\"resume\":\"0\""));
        assertThat(again.miner().getLast()).isEqualTo("{\"id\":2,\"method\":\"mining.subscribe\"}");

        assertThatThrownBy(() -> talk.pool("{\"method\":\"mining.bye\"}")).hasMessageContaining("good-bye");

        assertThat(memory.resume()).isEmpty();
    }

    @Test
    void saysThatItGoesOnInPlainTextWhereThePoolOffersGzip() throws IOException {
        talk.open();

        talk.pool(GREETED.replace("plain", "gzip"));

        assertThat(talk.said()).containsExactly("offers gzip; we go on in plain text");
        assertThat(talk.miner().getLast()).contains("mining.subscribe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"error\":{\"code\":400,\"message\":\"Bad protocol request\"}}",
                "{\"id\":1,\"result\":true,\"error\":null}",
                "{\"id\":1,\"result\":{\"proto\":\"EthereumStratum/3.0.0\"}}",
                "{\"id\":1,\"result\":{}}",
                "{\"id\":1}",
                "{\"id\":null,\"result\":null,\"error\":[20,\"unknown method\"]}",
                "{\"error\":\"malformed\"}"
            })
    void leavesAPoolThatSpeaksAnotherDialect(String answer) throws IOException {
        talk.open();

        assertThatThrownBy(() -> talk.pool(answer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("EthereumStratum/2.0.0");
    }

    @Test
    void tellsWhatTheCodesOfVerdictsMean() throws IOException {
        ready();
        talk.pool(notice("a", "6526d5", "1"));
        talk.submit(8);

        talk.pool(
                "{\"id\":4,\"error\":{\"code\":202,\"message\":\"Stale\"}}",
                "{\"id\":5,\"error\":{\"code\":215,\"message\":\"Invalid Worker Name\"}}",
                "{\"id\":6,\"error\":{\"code\":301,\"message\":\"Not authorized\"}}",
                "{\"id\":7,\"error\":{\"code\":404,\"message\":\"Job not found\"}}",
                "{\"id\":8,\"error\":{\"code\":406,\"message\":\"Bad nonce\"}}",
                "{\"id\":9,\"error\":{\"code\":409,\"message\":\"Duplicate share\"}}",
                "{\"id\":10,\"result\":false}",
                "{\"id\":11,\"result\":null,\"error\":null}");

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Accepted("Stale"),
                        new ShareVerdict.Accepted("Invalid Worker Name"),
                        new ShareVerdict.Rejected(301, "Not authorized"),
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 404, "Job not found"),
                        new ShareVerdict.Rejected(406, "Bad nonce"),
                        new ShareVerdict.Duplicate(409, "Duplicate share"),
                        new ShareVerdict.Rejected(20, "no reason given, result false"),
                        new ShareVerdict.Accepted());
    }

    @Test
    void leavesAPoolWithAFaultOfItsOwnAfterItsVerdict() throws IOException {
        ready();
        talk.pool(notice("a", "6526d5", "1"));
        talk.session().submit(talk.share(talk.lastJob(), 1));

        talk.pool("{\"id\":4,\"error\":{\"code\":500,\"message\":\"Database gone\"}}");

        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Rejected(500, "Database gone"));
        assertThatThrownBy(() -> talk.later(Duration.ZERO)).hasMessageContaining("500 Database gone");
    }

    @Test
    void endsWhenThePoolRefusesTheUserAndGoesOnWhenItOnlyRemarks() throws IOException {
        Dialogue remarked = dialogue("ethash", new PoolMemory());
        remarked.open();
        remarked.pool(
                GREETED,
                SUBSCRIBED,
                "{\"id\":3,\"result\":\"w-1\",\"error\":{\"code\":215,\"message\":\"Invalid Worker Name\"}}",
                SET,
                notice("a", "6526d5", "1"));
        assertThat(remarked.jobs()).hasSize(1);
        talk.open();
        talk.pool(GREETED, SUBSCRIBED);

        assertThatThrownBy(() -> talk.pool("{\"id\":3,\"error\":{\"code\":301,\"message\":\"Unknown\"}}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refuses user me: Unknown")
                .hasMessageNotContaining("secret");
    }

    @Test
    void endsWhereThePoolNamesNoTokenThatCouldBeUsed() throws IOException {
        talk.open();
        talk.pool(GREETED, SUBSCRIBED);

        assertThatThrownBy(() -> talk.pool("{\"id\":3,\"result\":\"w\\u0000\"}"))
                .hasMessageContaining("named no worker");
    }

    @Test
    void speaksUpBeforeThePoolTakesItForGone() throws IOException {
        talk.open();
        talk.pool(GREETED.replace("\"b4\"", "\"a\""), SUBSCRIBED, AUTHORISED);
        talk.miner();
        talk.later(Duration.ofMillis(4_999));
        assertThat(talk.miner()).isEmpty();

        talk.later(Duration.ofMillis(1));

        assertThat(talk.miner()).containsExactly("{\"id\":4,\"method\":\"mining.noop\"}");
    }

    @Test
    void tellsTheRateOnceAMinuteWhileItMinesForThePool() throws IOException {
        ready();
        talk.pool(notice("a", "6526d5", "1"));
        talk.mining(5_242_880);

        talk.later(Duration.ofSeconds(60));

        assertThat(talk.miner())
                .containsExactly("{\"id\":4,\"method\":\"mining.hashrate\",\"params\":[\"500000\",\"w-123\"]}");
    }

    @Test
    void followsAReconnectToTheSameHostOnlyAndForgetsTheSessionWhereItIsToldTo() throws IOException {
        ready();
        talk.pool(
                "{\"method\":\"mining.reconnect\",\"params\":{\"host\":\"evil.example.com\",\"port\":\"d80\",\"resume\":\"1\"}}");
        assertThat(memory.resume()).isPresent();

        assertThatThrownBy(
                        () -> talk.pool(
                                "{\"method\":\"mining.reconnect\",\"params\":{\"host\":\"pool.example.com\",\"port\":\"d80\",\"resume\":\"0\"}}"))
                .isInstanceOfSatisfying(PoolMovedException.class, moved -> assertThat(moved.address())
                        .isEqualTo(PoolAddress.of("stratum2+ssl://pool.example.com:3456")));
        assertThat(memory.resume()).isEmpty();
    }

    @Test
    void answersANoopOfThePool() throws IOException {
        ready();

        talk.pool("{\"id\":50,\"method\":\"mining.noop\"}", "{\"method\":\"mining.noop\"}");

        assertThat(talk.miner()).containsExactly("{\"id\":50}");
    }

    @Test
    void survivesHostileLinesInAnyOrder() {
        HostileLines.survivedOverTimeBy(
                () -> dialogue("ethash", new PoolMemory()),
                List.of(
                        GREETED,
                        SUBSCRIBED,
                        AUTHORISED,
                        SET,
                        set("\"extranonce\":\"\""),
                        notice("a", "6526d5", "1"),
                        notice("b", "6526d5", "0"),
                        "{\"id\":4}",
                        "{\"id\":5,\"error\":{\"code\":202,\"message\":\"Stale\"}}",
                        "{\"method\":\"mining.hashrate\",\"params\":{\"interval\":60,\"hr\":\"500000\"}}",
                        "{\"id\":50,\"method\":\"mining.noop\"}"));
    }
}

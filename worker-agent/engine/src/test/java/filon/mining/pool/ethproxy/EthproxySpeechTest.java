package filon.mining.pool.ethproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.HostileLines;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EthproxySpeechTest {
    private static final String LOGGED_IN = "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":true}";
    private static final String SEED = "0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563";
    private static final String HASH = "645cf20198c2f3861e947d4f67e3ab63b7b2e24dcc9095bd9123e7b33371f6cc";
    private static final String OTHER_HASH = "fc12eb20c58158071c956316cdcd12a22dd8bf126ac4aee559f0ffe4df11f279";
    /** 62 digits. */
    private static final String TARGET = "0x15d867c3" + "00".repeat(27);

    private final Dialogue talk = dialogue();

    private static Dialogue dialogue() {
        Pool pool = new Pool(PoolAddress.of("ethproxy+tcp://pool.example.com:8008"), "0xADDR.rig1", "x");
        return new Dialogue(
                Dialogue.Setting.of(ProofsOfWork.of("ethash"), new EthproxyDialect(), "stratum+tcp://a.example.com:1")
                        .with(PoolOrder.of(pool)));
    }

    private static String work(String id, String hash, String... block) {
        String last = block.length == 0 ? "" : ",\"" + block[0] + "\"";
        return "{\"id\":" + id + ",\"jsonrpc\":\"2.0\",\"result\":[\"0x" + hash + "\",\"" + SEED + "\",\"" + TARGET
                + "\"" + last + "]}";
    }

    private void ready() throws IOException {
        talk.open();
        talk.pool(LOGGED_IN, work("2", HASH, "0x7531"));
        talk.miner();
    }

    private Share submitted() {
        Share share = talk.share(talk.lastJob(), 9);
        talk.session().submit(share);
        return share;
    }

    @Test
    void saysAndUnderstandsWhatWasSeenOnTheWire() throws IOException {
        talk.open();
        assertThat(talk.miner())
                .containsExactly("{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitLogin\",\"worker\":\"rig1\","
                        + "\"params\":[\"0xADDR\",\"x\"]}");
        talk.pool(LOGGED_IN);
        assertThat(talk.miner())
                .containsExactly("{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"eth_getWork\",\"params\":[]}");
        talk.pool(work("2", HASH));
        PoolJob job = talk.lastJob();
        Header header = job.next().orElseThrow().work().header();
        assertThat(HexFormat.of().formatHex(header.prefix())).isEqualTo(HASH);
        assertThat(header.height()).isEqualTo(30_000);
        assertThat(job.target()).hasToString("0015d867c3" + "00".repeat(27));

        talk.session().submit(talk.share(job, 0xabcdefL));

        assertThat(talk.miner().getFirst())
                .matches("\\{\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitWork\",\"worker\":\"rig1\","
                        + "\"params\":\\[\"0x[0-9a-f]{10}abcdef\",\"0x" + HASH + "\",\"0x0{64}\"]}");
        talk.pool("{\"id\":3,\"result\":true}", work("0", OTHER_HASH, "0x7532"));
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
        assertThat(talk.lastJob().id()).isEqualTo(OTHER_HASH);
        assertThat(talk.lastJob().isClean()).isTrue();
    }

    @Test
    void tellsTheRateOnceAMinuteWhileItMinesForThePool() throws IOException {
        ready();
        talk.pool(work("0", OTHER_HASH));
        talk.later(Duration.ofSeconds(60));
        assertThat(talk.miner()).noneMatch(line -> line.contains("eth_submitHashrate"));

        talk.mining(500_000);
        talk.later(Duration.ofSeconds(1));
        talk.later(Duration.ofSeconds(59));

        assertThat(talk.miner())
                .filteredOn(line -> line.contains("eth_submitHashrate"))
                .singleElement()
                .asString()
                .matches("\\{\"id\":[0-9]+,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitHashrate\",\"worker\":\"rig1\","
                        + "\"params\":\\[\"0x0{59}7a120\",\"0x[0-9a-f]{64}\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "0xADDR.rig1,0xADDR,rig1",
        "0xADDR.machine-0001,0xADDR,machine-",
        "0xADDR,0xADDR,0",
        "me@example.com,me@example.com,0",
        "a.b.c,a.b.c,0"
    })
    void tellsTheWorkerFromTheAccountAndShortensItToEight(String user, String account, String worker) {
        assertThat(Login.of(user)).isEqualTo(new Login(account, worker));
    }

    @Test
    void asksForWorkAgainAndAgainUntilThePoolPushesSome() throws IOException {
        ready();
        talk.later(Duration.ofSeconds(2));
        assertThat(talk.miner()).singleElement().asString().contains("eth_getWork");

        talk.pool(work("0", OTHER_HASH));
        talk.later(Duration.ofSeconds(30));

        assertThat(talk.miner()).isEmpty();
    }

    @Test
    void announcesWorkThatItHasNotOnlyOnce() throws IOException {
        ready();

        talk.pool(work("0", HASH, "0x7531"), work("0", HASH, "0x7531"), work("2", HASH, "0x7531"));

        assertThat(talk.jobs()).hasSize(1);
    }

    @Test
    void asksForWorkWhereThePoolDoesNotAnswerALogin() throws IOException {
        talk.open();
        talk.miner();
        talk.later(Duration.ofSeconds(1));
        assertThat(talk.miner()).singleElement().asString().contains("eth_getWork");

        talk.pool(work("2", HASH));

        assertThat(talk.events(PoolEvent.Authorised.class)).hasSize(1);
        assertThat(talk.jobs()).hasSize(1);
    }

    @Test
    void takesALoginAnsweredUnderAnotherId() throws IOException {
        talk.open();

        talk.pool("{\"id\":999,\"result\":true}", work("0", HASH));

        assertThat(talk.events(PoolEvent.Authorised.class)).hasSize(1);
        assertThat(talk.jobs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"result\":false}",
                "{\"id\":1,\"error\":{\"code\":-1,\"message\":\"Invalid login\"}}",
                "{\"id\":999,\"error\":{\"code\":-1,\"message\":\"Invalid login\"}}",
                "{\"id\":null,\"error\":[-3,\"Method not found\"]}"
            })
    void endsWhenThePoolRefusesTheLogin(String answer) throws IOException {
        talk.open();

        assertThatThrownBy(() -> talk.pool(answer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refuses user 0xADDR");
    }

    @Test
    void takesWorkPushedUnderTheIdOfAShareForWorkAndWaitsForTheVerdict() throws IOException {
        ready();
        submitted();
        assertThat(talk.miner().getFirst()).contains("\"id\":3");

        talk.pool(work("3", OTHER_HASH, "0x7531"));
        assertThat(talk.verdicts()).isEmpty();
        talk.pool("{\"id\":\"3\",\"result\":true}");

        assertThat(talk.lastJob().id()).isEqualTo(OTHER_HASH);
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
    }

    @Test
    void callsARefusedShareLateOnlyIfItsJobWasWithdrawnMeanwhile() throws IOException {
        ready();
        submitted();
        submitted();

        talk.pool("{\"id\":3,\"result\":false}", work("0", OTHER_HASH, "0x7532"), "{\"id\":4,\"result\":false}");

        assertThat(talk.verdicts().getFirst()).isInstanceOf(ShareVerdict.Rejected.class);
        assertThat(talk.verdicts().getLast())
                .isInstanceOfSatisfying(ShareVerdict.Stale.class, stale -> assertThat(stale.delay())
                        .isEqualTo(ShareVerdict.Delay.WAY));
    }

    @Test
    void stillSubmitsForWorkOfTheSameBlock() throws IOException {
        ready();
        Share older = talk.share(talk.lastJob(), 9);
        talk.pool(work("0", OTHER_HASH, "0x7531"));
        assertThat(talk.lastJob().isClean()).isFalse();

        talk.session().submit(older);

        assertThat(talk.miner()).singleElement().asString().contains(HASH);
    }

    @Test
    void tellsADuplicateFromOtherRefusals() throws IOException {
        ready();
        for (int i = 0; i < 4; i++) {
            submitted();
        }

        talk.pool(
                "{\"id\":3,\"error\":{\"code\":22,\"message\":\"Duplicate share\"}}",
                "{\"id\":4,\"error\":{\"code\":23,\"message\":\"Low difficulty share\"}}",
                "{\"id\":5,\"error\":{\"code\":25,\"message\":\"Not subscribed\"}}",
                "{\"id\":6,\"error\":{\"code\":-1,\"message\":\"Malformed PoW result\"}}");

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Duplicate(22, "Duplicate share"),
                        new ShareVerdict.Rejected(23, "Low difficulty share"),
                        new ShareVerdict.Rejected(25, "Not subscribed"),
                        new ShareVerdict.Rejected(-1, "Malformed PoW result"));
    }

    @Test
    void countsAShareSentAgainAsAcceptedWhereThePoolHadItBefore() throws IOException {
        ready();
        Share kept = talk.share(talk.lastJob(), 9);

        talk.session().settle(kept);
        talk.pool("{\"id\":3,\"error\":{\"code\":22,\"message\":\"Duplicate share\"}}");

        assertThat(talk.verdicts()).singleElement().isInstanceOf(ShareVerdict.Accepted.class);
    }

    @Test
    void takesWorkInANoticeWithTheJobFirst() throws IOException {
        talk.open();

        talk.pool("{\"id\":0,\"method\":\"mining.notify\",\"params\":[\"j1\",\"0x" + HASH + "\",\"" + SEED + "\",\""
                + TARGET + "\",true]}");

        assertThat(talk.lastJob().id()).isEqualTo("j1");
        assertThat(talk.share(talk.lastJob(), 1).submission()).hasSize(3).contains("0x" + HASH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"0x00\"]",
                "[1,2,3]",
                "[\"0x645cf20198c2f3861e947d4f67e3ab63b7b2e24dcc9095bd9123e7b33371f6cc\","
                        + "\"0x1212121212121212121212121212121212121212121212121212121212121212\",\"0xff\"]",
                "[\"0x645cf20198c2f3861e947d4f67e3ab63b7b2e24dcc9095bd9123e7b33371f6cc\","
                        + "\"0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563\",\"-0xff\"]"
            })
    void ignoresWorkThatIsNoneAndSaysSo(String result) throws IOException {
        talk.open();
        talk.pool(LOGGED_IN);

        talk.pool("{\"id\":0,\"result\":" + result + "}");

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).singleElement().asString().startsWith("ignored an answer: ");
    }

    @Test
    void saysOnceThatThePoolHasNoWorkYet() throws IOException {
        talk.open();
        talk.pool(LOGGED_IN, "{\"id\":2,\"error\":{\"code\":0,\"message\":\"Work not ready\"}}");
        talk.later(Duration.ofSeconds(2));
        talk.pool("{\"id\":3,\"error\":{\"code\":0,\"message\":\"Work not ready\"}}", "{\"id\":0,\"result\":[]}");

        assertThat(talk.said()).containsExactly("has no work yet: Work not ready");
    }

    @Test
    void survivesHostileLinesInAnyOrder() {
        HostileLines.survivedOverTimeBy(
                EthproxySpeechTest::dialogue,
                List.of(
                        LOGGED_IN,
                        work("2", HASH),
                        work("0", HASH, "0x7531"),
                        work("0", OTHER_HASH, "0x7532"),
                        "{\"id\":3,\"result\":false}",
                        "{\"id\":4,\"error\":{\"code\":22,\"message\":\"Duplicate share\"}}",
                        "{\"id\":0,\"method\":\"mining.notify\",\"params\":[\"j\",\"0x" + HASH + "\",\"" + SEED
                                + "\",\"0xff\",true]}",
                        "{\"id\":999,\"result\":true}"));
    }
}

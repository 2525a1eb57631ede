package filon.mining.pool.stratum;

import static filon.mining.pool.PoolLines.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolMemories;
import filon.mining.pool.PoolMemory;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTrust;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Both directions, as node-stratum-pool and ckpool were seen to speak, and BIP 310. */
class StratumTranscriptTest {
    private static final String PREVIOUS = "0a8ce26f72b3f1b646a2a6c14ff763ae65831e939c085ae10019d66800000000";
    private static final String SUBSCRIBED =
            "{\"id\":2,\"result\":[[[\"mining.set_difficulty\",\"s1\"],[\"mining.notify\",\"s1\"]],\"08000000\",4],\"error\":null}";

    private static Dialogue.Setting setting() {
        return Dialogue.Setting.of(
                ProofsOfWork.of("sha256d"), new StratumDialect(), "stratum+tcp://pool.example.com:3333");
    }

    private static String notice(String job, boolean isClean) {
        return "{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"" + job + "\",\"" + PREVIOUS
                + "\",\"0100\",\"ffff\",[],\"20000000\",\"207fffff\",\"6b00aee7\"," + isClean + "]}";
    }

    private static Dialogue ready(Dialogue talk) throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED, "{\"id\":3,\"result\":true,\"error\":null}");
        talk.miner();
        return talk;
    }

    /** With a job whose only choice is the version: four of each second. */
    private static Dialogue rollingVersions() throws IOException {
        Dialogue talk = new Dialogue(setting());
        talk.open();
        talk.pool(
                "{\"id\":1,\"error\":null,\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\"18000000\"}}",
                SUBSCRIBED.replace(",4]", ",0]"),
                "{\"id\":3,\"result\":true,\"error\":null}",
                notice("1", true));
        return talk;
    }

    @Test
    void speaksAsNodeStratumPoolDoes() throws IOException {
        Dialogue talk = new Dialogue(setting().suggesting(2048));

        talk.open();
        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\",\"minimum-difficulty\","
                                + "\"subscribe-extranonce\"],{\"version-rolling.mask\":\"1fffe000\","
                                + "\"version-rolling.min-bit-count\":2,\"minimum-difficulty.value\":2048}]}",
                        "{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"filon/0.1\"]}");

        talk.pool(
                "{\"id\":1,\"error\":null,\"result\":{\"version-rolling\":true,\"version-rolling.mask\":\"18000000\","
                        + "\"minimum-difficulty\":true}}",
                SUBSCRIBED,
                call("mining.set_difficulty", "[0.02]"),
                notice("1", true));
        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}",
                        "{\"id\":4,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}");
        assertThat(talk.jobs()).isEmpty();

        talk.pool("{\"id\":3,\"result\":true,\"error\":null}");
        assertThat(talk.miner())
                .containsExactly("{\"id\":5,\"method\":\"mining.suggest_difficulty\",\"params\":[2048]}");
        assertThat(talk.lastJob().target()).isEqualTo(Target.ofDifficulty(new BigDecimal("0.02")));

        Share share = talk.share(talk.lastJob(), 0x30000080L);
        talk.session().submit(share);
        String extranonce = share.submission().get(2);
        assertThat(talk.miner())
                .containsExactly("{\"id\":6,\"method\":\"mining.submit\",\"params\":[\"me\",\"1\",\"" + extranonce
                        + "\",\"6b00aee7\",\"30000080\",\"00000000\"]}");
        assertThat(extranonce).matches("[0-9a-f]{8}");

        talk.pool("{\"id\":6,\"result\":true,\"error\":null}");
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
    }

    @Test
    void speaksAsCkpoolDoesWhichSendsAJobAndAMessageBeforeItAnswers() throws IOException {
        Dialogue talk = new Dialogue(setting());
        talk.open();

        talk.pool(
                SUBSCRIBED,
                notice("1", true),
                call("client.show_message", "[\"Authorised, welcome to ckpool\"]"),
                "{\"id\":3,\"result\":true,\"error\":null}");

        assertThat(talk.said()).containsExactly("says: Authorised, welcome to ckpool");
        assertThat(talk.lastJob().id()).isEqualTo("1");
    }

    @Test
    void tellsWhyAShareWasRefused() throws IOException {
        Dialogue talk = ready(new Dialogue(setting()));
        talk.pool(notice("1", true));
        talk.submit(4);

        talk.pool(
                "{\"id\":5,\"result\":null,\"error\":[21,\"job not found\",null]}",
                "{\"id\":6,\"result\":null,\"error\":[22,\"duplicate share\"]}",
                "{\"id\":7,\"result\":null,\"error\":{\"code\":23,\"message\":\"low difficulty share of 0.01\"}}",
                "{\"id\":8,\"result\":false,\"error\":null}");

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 21, "job not found"),
                        new ShareVerdict.Duplicate(22, "duplicate share"),
                        new ShareVerdict.Rejected(23, "low difficulty share of 0.01"),
                        new ShareVerdict.Rejected(20, "no reason given, result false"));
    }

    @Test
    void saysWhoseDelayMadeAShareStale() throws IOException {
        Dialogue talk = ready(new Dialogue(setting()));
        talk.pool(notice("1", true));
        Share onTheWay = talk.share(talk.lastJob(), 1);
        Share tooLate = talk.share(talk.lastJob(), 2);
        talk.session().submit(onTheWay);

        talk.pool(notice("2", true));
        talk.session().submit(tooLate);
        talk.pool("{\"id\":5,\"result\":null,\"error\":[21,\"stale\",null]}");

        assertThat(talk.verdicts())
                .extracting(verdict -> ((ShareVerdict.Stale) verdict).delay())
                .containsExactly(ShareVerdict.Delay.OURS, ShareVerdict.Delay.WAY);
        assertThat(talk.miner()).hasSize(1);
    }

    @Test
    void resumesTheSessionBefore() throws IOException {
        PoolMemory memory = new PoolMemory();
        ready(new Dialogue(setting().with(memory)));

        Dialogue next = new Dialogue(setting().with(memory));
        next.open();

        assertThat(next.miner().getLast())
                .isEqualTo("{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"filon/0.1\",\"s1\"]}");
    }

    @Test
    void subscribesToExtranoncesOnlyOnce() throws IOException {
        Dialogue talk = new Dialogue(setting());
        talk.open();
        talk.miner();

        talk.pool(
                "{\"id\":1,\"error\":null,\"result\":{\"version-rolling\":false,\"subscribe-extranonce\":true}}",
                SUBSCRIBED);

        assertThat(talk.miner())
                .containsExactly("{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}");
    }

    @Test
    void sendsVersionBitsOnlyWhereTheyWereGranted() throws IOException {
        Dialogue talk = ready(new Dialogue(setting()));
        talk.pool(call("mining.set_version_mask", "[\"00003000\"]"), notice("1", true));

        assertThat(talk.share(talk.lastJob(), 1).submission()).hasSize(5);
    }

    @Test
    void rollsVersionsInTheMaskThatIsInForceAtThatMoment() throws IOException {
        Dialogue talk = rollingVersions();
        List<String> bits = List.of(
                talk.share(talk.lastJob(), 0).submission().get(5),
                talk.share(talk.lastJob(), 0).submission().get(5));
        Share ofTheOldMask = talk.share(talk.lastJob(), 0);
        talk.miner();

        talk.pool(call("mining.set_version_mask", "[\"00004000\"]"));
        talk.session().submit(ofTheOldMask);

        assertThat(bits).containsExactly("00000000", "08000000");
        assertThat(talk.miner()).isEmpty();
        assertThat(talk.jobs()).hasSize(2);
        assertThat(talk.share(talk.lastJob(), 0).submission().get(5)).isEqualTo("00000000");
        assertThat(talk.share(talk.lastJob(), 0).submission().get(5)).isEqualTo("00004000");
    }

    @Test
    void triesNoHeaderAgainWhenTheMaskChanges() throws IOException {
        Dialogue talk = rollingVersions();
        Set<String> headers = new HashSet<>();
        for (int draw = 0; draw < 6; draw++) {
            headers.add(header(talk));
        }

        talk.pool(call("mining.set_version_mask", "[\"08000000\"]"));
        for (int draw = 0; draw < 6; draw++) {
            headers.add(header(talk));
        }

        assertThat(headers).hasSize(12);
    }

    @Test
    void forgetsNoVersionThatItChoseASecondOfHeaderTimeAgo() throws IOException {
        Dialogue talk = rollingVersions();
        talk.share(talk.lastJob(), 0);
        Share ofTheOldMask = talk.share(talk.lastJob(), 0);
        for (int draw = 0; draw < 3; draw++) {
            talk.share(talk.lastJob(), 0);
        }
        talk.miner();

        talk.pool(call("mining.set_version_mask", "[\"00004000\"]"));
        talk.session().submit(ofTheOldMask);

        assertThat(talk.miner()).isEmpty();
    }

    private static String header(Dialogue talk) {
        return HexFormat.of()
                .formatHex(talk.lastJob().next().orElseThrow().work().header().prefix());
    }

    @Test
    void followsAReconnectWhosePortIsANumberOrAText() throws IOException {
        for (String port : List.of("4444", "\"4444\"")) {
            Dialogue talk = ready(new Dialogue(setting()));

            assertThat(catchThrowable(
                            () -> talk.pool(call("client.reconnect", "[\"pool.example.com\"," + port + ",1]"))))
                    .hasMessage("the pool asks to reconnect at stratum+tcp://pool.example.com:4444 after 1 s");
        }
    }

    @Test
    void followsToAnotherHostWhereTheCustomerAllowsIt() throws IOException {
        Pool pool = new Pool(PoolAddress.of("stratum+tcp://pool.example.com:3333"), "me", "x");
        PoolOrder order = new PoolOrder(pool, PoolTrust.verified(), 0, "", List.of("*.example.com"));
        Dialogue talk = ready(new Dialogue(setting().with(order)));
        talk.pool(call("client.reconnect", "[\"evil.example.org\",1,0]"));
        assertThat(talk.said()).containsExactly("ignored the wish to reconnect at another host: evil.example.org");

        assertThat(catchThrowable(() -> talk.pool(call("client.reconnect", "[\"eu.example.com\",3333,0]"))))
                .hasMessageContaining("stratum+tcp://eu.example.com:3333");
    }

    @Test
    void keepsVerdictsApartWhereThePoolUsesItsOwnIds() throws IOException {
        Dialogue talk = ready(new Dialogue(setting()));
        talk.pool(notice("1", true));
        talk.session().submit(talk.share(talk.lastJob(), 1));
        talk.pool(
                "{\"id\":999,\"result\":true,\"error\":null}",
                "{\"id\":null,\"result\":true,\"error\":null}",
                "{\"id\":\"5\",\"result\":true,\"error\":null}",
                "{\"id\":5,\"result\":null,\"error\":[20,\"late answer\",null]}");

        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
    }

    @Test
    void asksAPoolThatHungUpEarlyForTheLeast() throws IOException {
        Dialogue.Setting shy = setting().with(PoolMemories.shy());
        Dialogue talk = new Dialogue(shy.suggesting(64));

        talk.open();
        talk.pool(
                SUBSCRIBED.replace("\"id\":2", "\"id\":1"),
                "{\"id\":2,\"result\":true,\"error\":null}",
                notice("1", true));

        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"filon/0.1\"]}",
                        "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}");
        assertThat(talk.events(PoolEvent.NewJob.class)).hasSize(1);
    }

    @Test
    void staysForDaysWithAPoolThatAnswersNoPing() throws IOException {
        Dialogue talk = ready(new Dialogue(setting()));
        talk.pool(notice("1", true));

        for (int minute = 0; minute < 5_000; minute++) {
            talk.later(Duration.ofSeconds(61));
            talk.pool(notice(String.valueOf(minute), false));
        }

        assertThat(talk.miner()).hasSize(5_000);
    }

    @Test
    void handsOutNoHeaderTwiceWhereAJobIsAnnouncedAgain() throws IOException {
        Dialogue talk = new Dialogue(setting());
        talk.open();
        talk.pool(SUBSCRIBED.replace(",4]", ",0]"), "{\"id\":3,\"result\":true,\"error\":null}", notice("1", true));
        String before = talk.share(talk.lastJob(), 0).submission().get(3);

        talk.pool(notice("1", false));
        String again = talk.share(talk.lastJob(), 0).submission().get(3);
        talk.pool(notice("2", false).replace("6b00aee7", "6b00aff0"));
        String other = talk.share(talk.lastJob(), 0).submission().get(3);

        assertThat(List.of(before, again, other)).containsExactly("6b00aee7", "6b00aee8", "6b00aff0");
    }
}

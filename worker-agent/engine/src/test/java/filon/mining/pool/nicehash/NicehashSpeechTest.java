package filon.mining.pool.nicehash;

import static filon.mining.pool.PoolLines.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.HostileLines;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NicehashSpeechTest {
    private static final String SUBSCRIBED =
            "{\"id\":1,\"result\":[[\"mining.notify\",\"ae6812eb4cd7735a302a8a9dd95cf71f\",\"EthereumStratum/1.0.0\"],\"080c\"],\"error\":null}";
    private static final String EXTRANONCE_GRANTED = "{\"id\":2,\"result\":true,\"error\":null}";
    private static final String AUTHORISED = "{\"id\":3,\"result\":true,\"error\":null}";
    /** Of ethash's epoch 0 and 1. */
    private static final String FIRST_SEED = "0".repeat(64);

    private static final String SECOND_SEED = "290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563";
    private static final String HASH = "645cf20198c2f3861e947d4f67e3ab63b7b2e24dcc9095bd9123e7b33371f6cc";

    private final Dialogue talk = dialogue("stratum+tcp");

    private static Dialogue dialogue(String scheme) {
        return new Dialogue(Dialogue.Setting.of(
                ProofsOfWork.of("ethash"), new NicehashDialect(), scheme + "://pool.example.com:3353"));
    }

    private static String notice(String id, String seed, boolean clean) {
        return call("mining.notify", "[\"" + id + "\",\"" + seed + "\",\"" + HASH + "\"," + clean + "]");
    }

    private void ready() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED, EXTRANONCE_GRANTED, AUTHORISED);
        talk.miner();
    }

    private static Target difficulty(String text) {
        return Target.ofDifficulty(new BigDecimal(text));
    }

    @Test
    void saysAndUnderstandsWhatTheSpecificationShows() throws IOException {
        talk.open();
        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"filon/0.1\",\"EthereumStratum/1.0.0\"]}");
        talk.pool(SUBSCRIBED);
        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":2,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}",
                        "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}");
        talk.pool(
                EXTRANONCE_GRANTED,
                AUTHORISED,
                call("mining.set_difficulty", "[0.5]"),
                notice("bf0488aa", SECOND_SEED, true));
        PoolJob job = talk.lastJob();
        Header header = job.next().orElseThrow().work().header();
        assertThat(HexFormat.of().formatHex(header.prefix())).isEqualTo(HASH);
        assertThat(header.height()).isEqualTo(30_000);
        assertThat(job.target()).isEqualTo(difficulty("0.5"));
        assertThat(job.isClean()).isTrue();

        talk.session().submit(talk.share(job, 0x6a909d9bL));

        String submission = talk.miner().getFirst();
        assertThat(submission)
                .matches("\\{\"id\":4,\"method\":\"mining.submit\","
                        + "\"params\":\\[\"me\",\"bf0488aa\",\"[0-9a-f]{4}6a909d9b\"]}");
        talk.pool("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
    }

    @Test
    void findsTheShareOfTheSpecificationsScenario() throws IOException {
        long nonce = 0xa2eea0cfae7df760L;
        talk.open();
        talk.pool(SUBSCRIBED.replace("080c", "a2eea0"), AUTHORISED, call("mining.set_difficulty", "[1.0]"));

        talk.pool(call(
                "mining.notify",
                "[\"bf0488aa\",\"abad8f99f3918bf903c6a909d9bbc0fdfa5a2f4b9cb1196175ec825c6610126c\","
                        + "\"fc12eb20c58158071c956316cdcd12a22dd8bf126ac4aee559f0ffe4df11f279\",true]"));

        PoolWork work = talk.lastJob().next().orElseThrow();
        Digest digest = ProofsOfWork.of("ethash").digest(work.work().header(), nonce);
        assertThat(work.work().target().isMetBy(digest.hash())).isTrue();
        assertThat(work.share(nonce, digest, new byte[40], 0).submission())
                .containsExactly("me", "bf0488aa", "cfae7df760");
    }

    @Test
    void searchesOnlyBelowItsExtranonce() throws IOException {
        ready();
        talk.pool(notice("a", FIRST_SEED, true));

        long first = talk.lastJob().next().orElseThrow().nonces().first();

        assertThat(HexFormat.of().toHexDigits(first)).startsWith("080c");
    }

    @Test
    void startsWithDifficultyOne() throws IOException {
        ready();

        talk.pool(notice("a", FIRST_SEED, true));

        assertThat(talk.lastJob().target())
                .hasToString("00000000ffff0000000000000000000000000000000000000000000000000000");
    }

    @Test
    void appliesDifficultyAndExtranonceToTheNextJobEvenIfItsIdRepeats() throws IOException {
        ready();
        talk.pool(notice("a", FIRST_SEED, true));
        PoolJob before = talk.lastJob();
        talk.pool(call("mining.set_difficulty", "[2]"), call("mining.set_extranonce", "[\"af4cee\"]"));
        assertThat(talk.share(before, 9).submission().get(2)).hasSize(12);

        talk.pool(notice("a", FIRST_SEED, false));

        assertThat(talk.lastJob().target()).isEqualTo(difficulty("2"));
        assertThat(talk.share(talk.lastJob(), 9).submission().get(2)).hasSize(10);
        assertThat(talk.share(before, 9).submission().get(2)).hasSize(12);
    }

    @Test
    void takesAnExtranonceOfNoBytes() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED.replace("080c", ""), AUTHORISED, notice("a", FIRST_SEED, true));

        assertThat(talk.share(talk.lastJob(), 9).submission().get(2)).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"08080808\"", "\"zz\"", "7", "null", "[]"})
    void endsWhereTheExtranonceIsUnusable(String extranonce) throws IOException {
        talk.open();

        assertThatThrownBy(() -> talk.pool(SUBSCRIBED.replace("\"080c\"", extranonce)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("extranonce");
    }

    @Test
    void keepsItsExtranonceWhereANewOneIsTooLong() throws IOException {
        ready();

        talk.pool(call("mining.set_extranonce", "[\"" + "ab".repeat(64) + "\"]"), notice("a", FIRST_SEED, true));

        assertThat(talk.said()).singleElement().asString().contains("128 hex digits exceeds the 6");
        assertThat(talk.share(talk.lastJob(), 9).submission().get(2)).hasSize(12);
    }

    @Test
    void holdsAJobThatComesBeforeTheReplies() throws IOException {
        talk.open();
        talk.pool(call("mining.set_difficulty", "[4]"), notice("early", FIRST_SEED, true));
        talk.pool(call("mining.set_difficulty", "[8]"), SUBSCRIBED);
        assertThat(talk.jobs()).isEmpty();

        talk.pool(AUTHORISED);

        assertThat(talk.jobs()).singleElement().extracting(PoolJob::target).isEqualTo(difficulty("4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"result\":true,\"error\":null}",
                "{\"id\":1,\"result\":[[[\"mining.notify\",\"s1\"]],\"08000000\",4],\"error\":null}",
                "{\"id\":1,\"result\":[[\"mining.notify\",\"s1\",\"EthereumStratum/3.0.0\"],\"08\"],\"error\":null}",
                "{\"id\":1,\"result\":null,\"error\":[20,\"Not supported.\"]}",
                "{\"id\":1,\"error\":{\"code\":-3,\"message\":\"Method not found\"}}",
                "{\"id\":null,\"result\":null,\"error\":\"unknown method\"}",
                "{\"id\":999,\"error\":{\"code\":-1}}"
            })
    void leavesAPoolThatSpeaksAnotherDialect(String answer) throws IOException {
        talk.open();

        assertThatThrownBy(() -> talk.pool(answer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("EthereumStratum/1.0.0");
    }

    @Test
    void believesAnUnnamedVersionWhereTheAddressNamesIt() throws IOException {
        Dialogue told = dialogue("stratum1+tcp");
        told.open();

        told.pool("{\"id\":1,\"result\":[[],\"080c\"],\"error\":null}", AUTHORISED, notice("a", FIRST_SEED, true));

        assertThat(told.jobs()).hasSize(1);
    }

    @Test
    void endsWhenThePoolRefusesTheUserAndDoesNotTellThePassword() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED);

        assertThatThrownBy(() -> talk.pool("{\"id\":3,\"result\":false,\"error\":[24,\"unknown user\"]}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown user")
                .hasMessageNotContaining("secret");
    }

    @Test
    void givesEachShareTheVerdictThatThePoolMeans() throws IOException {
        ready();
        talk.pool(notice("a", FIRST_SEED, true));
        talk.submit(5);

        talk.pool(
                "{\"id\":\"4\",\"result\":true,\"error\":null}",
                "{\"id\":5,\"result\":false,\"error\":[-1,\"Job not found\",null]}",
                "{\"id\":6,\"result\":false,\"error\":[22,\"Duplicate share\"]}",
                "{\"id\":7,\"result\":false,\"error\":{\"code\":23,\"message\":\"Low difficulty\"}}",
                "{\"id\":8,\"result\":false}",
                "{\"id\":8,\"result\":true}",
                "{\"id\":999,\"result\":true}");

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Accepted(),
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, -1, "Job not found"),
                        new ShareVerdict.Duplicate(22, "Duplicate share"),
                        new ShareVerdict.Rejected(23, "Low difficulty"),
                        new ShareVerdict.Rejected(20, "no reason given, result false"));
    }

    @Test
    void refusesAJobWhoseSeedIsOfNoEpochAndSaysSo() throws IOException {
        ready();

        talk.pool(notice("a", "12".repeat(32), true));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said())
                .singleElement()
                .asString()
                .contains("ignored mining.notify: seed 1212")
                .contains("ethash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[\"a\"]",
                "[\"a\\u0000\",\"0000000000000000000000000000000000000000000000000000000000000000\",\"00\",true]",
                "[\"a\",\"00\",\"00\",true]",
                "[7,8,9,10]"
            })
    void ignoresAJobThatIsNoneAndSaysSo(String params) throws IOException {
        ready();

        talk.pool(call("mining.notify", params));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).singleElement().asString().startsWith("ignored mining.notify: ");
    }

    @Test
    void minesEtchashToo() throws IOException {
        Dialogue etchash = new Dialogue(Dialogue.Setting.of(
                ProofsOfWork.of("etchash"), new NicehashDialect(), "stratum1+tcp://pool.example.com:3353"));
        etchash.open();

        etchash.pool(SUBSCRIBED, AUTHORISED, notice("a", SECOND_SEED, true));

        assertThat(etchash.lastJob().next().orElseThrow().work().header().height())
                .isEqualTo(30_000);
    }

    @Test
    void asksForASignOfLifeWhatThePoolAnsweredBefore() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED, AUTHORISED);
        assertThat(talk.session().probe()).isFalse();
        talk.pool(EXTRANONCE_GRANTED);
        talk.miner();

        assertThat(talk.session().probe()).isTrue();
        assertThat(talk.miner()).singleElement().asString().contains("mining.extranonce.subscribe");
    }

    @Test
    void survivesHostileLinesInAnyOrder() {
        HostileLines.survivedOverTimeBy(
                () -> dialogue("stratum+tcp"),
                List.of(
                        SUBSCRIBED,
                        EXTRANONCE_GRANTED,
                        AUTHORISED,
                        notice("a", FIRST_SEED, true),
                        notice("b", SECOND_SEED, false),
                        call("mining.set_difficulty", "[0.5]"),
                        call("mining.set_extranonce", "[\"af4c\"]"),
                        "{\"id\":4,\"result\":false,\"error\":[-1,\"Job not found\",null]}",
                        call("client.show_message", "[\"hi\"]"),
                        call("mining.unheard_of", "{}")));
    }
}

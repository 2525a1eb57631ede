package filon.mining.pool.kawpow;

import static filon.mining.pool.PoolLines.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.HostileLines;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KawpowSpeechTest {
    private static final String SUBSCRIBED = "{\"id\":1,\"result\":[null,\"b06619\"],\"error\":null}";
    private static final String REFUSED = "{\"id\":2,\"result\":false,\"error\":[20,\"Not supported.\",null]}";
    private static final String AUTHORISED = "{\"id\":3,\"result\":true,\"error\":null}";
    private static final String TARGET = "000f32fd" + "00".repeat(28);
    private static final String HEADER = "5a".repeat(32);
    private static final int HEIGHT = 7001;

    private final Dialogue talk = dialogue();

    private static Dialogue dialogue() {
        return new Dialogue(Dialogue.Setting.of(
                ProofsOfWork.of("kawpow"), new KawpowDialect(), "stratum+tcp://pool.example.com:3333"));
    }

    private static String notice(String id, String header, String target, boolean clean) {
        return call(
                "mining.notify",
                "[\"" + id + "\",\"" + header + "\",\"" + "00".repeat(32) + "\"," + target + "," + clean + "," + HEIGHT
                        + ",\"1b00ffff\"]");
    }

    private static String notice(String id, boolean clean) {
        return notice(id, HEADER, "\"" + TARGET + "\"", clean);
    }

    private void ready() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED, REFUSED, AUTHORISED);
        talk.miner();
    }

    @Test
    void speaksTheLinesThatTheReferencePoolAccepts() throws IOException {
        String job = "1f".repeat(32);
        talk.open();
        assertThat(talk.miner())
                .containsExactly("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"filon/0.1\"]}");
        talk.pool(call("mining.set_target", "[\"" + TARGET + "\"]"), notice(job, true), SUBSCRIBED);
        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":2,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}",
                        "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}");
        assertThat(talk.jobs()).isEmpty();
        talk.pool(REFUSED, AUTHORISED);

        PoolWork work = talk.lastJob().next().orElseThrow();
        Digest digest = new Digest(new byte[32], HexFormat.of().parseHex("c3".repeat(32)));
        long nonce = work.nonces().first() | 0x1079;
        talk.session().submit(work.share(nonce, digest, new byte[40], 0));

        String whole = HexFormat.of().toHexDigits(nonce);
        assertThat(whole).startsWith("b06619").endsWith("1079");
        assertThat(talk.miner())
                .containsExactly("{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"me\",\"" + job + "\",\"0x"
                        + whole + "\",\"0x" + HEADER + "\",\"0x" + "c3".repeat(32) + "\"]}");
        talk.pool("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
    }

    @Test
    void submitsWhatRebuildsTheVeryHashThatWasFound() throws IOException {
        ProofOfWork reduced = ProofsOfWork.of("kawpow").reduced();
        ready();
        talk.pool(notice("a", true));
        PoolWork work = talk.lastJob().next().orElseThrow();
        Header header = work.work().header();
        long nonce = work.nonces().last();
        Digest found = reduced.digest(header, nonce);

        List<String> sent =
                work.share(nonce, found, reduced.solved(header, nonce), 0).submission();

        Digest rebuilt = reduced.digest(
                new Header(HexFormat.of().parseHex(sent.get(3).substring(2)), HEIGHT),
                Long.parseUnsignedLong(sent.get(2).substring(2), 16));
        assertThat(rebuilt.hash()).isEqualTo(found.hash());
        assertThat(sent.get(4)).isEqualTo("0x" + HexFormat.of().formatHex(rebuilt.mix()));
    }

    @Test
    void searchesOnlyNoncesThatBeginWithTheExtranonceAndNoneTwice() throws IOException {
        ready();
        talk.pool(notice("a", true));
        PoolJob job = talk.lastJob();

        NonceSpace one = job.next().orElseThrow().nonces();
        NonceSpace other = job.next().orElseThrow().nonces();

        assertThat(HexFormat.of().toHexDigits(one.last())).startsWith("b06619");
        assertThat(HexFormat.of().toHexDigits(other.first())).startsWith("b06619");
        assertThat(one.contains(other.first())).isFalse();
    }

    @Test
    void takesTheTargetOfTheNoticeBeforeThatOfTheLineAhead() throws IOException {
        ready();

        talk.pool(call("mining.set_target", "[\"" + "ff".repeat(32) + "\"]"), notice("a", true));

        assertThat(talk.lastJob().target()).hasToString(TARGET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void takesTheTargetOfTheLineAheadWhereTheNoticeHasNone(String none) throws IOException {
        ready();

        talk.pool(call("mining.set_target", "[\"f32fd\"]"), notice("a", HEADER, none, true));

        assertThat(talk.lastJob().target()).hasToString("0".repeat(59) + "f32fd");
    }

    @Test
    void keepsSharesOfAnEarlierNoticeOfTheSameHeight() throws IOException {
        ready();
        talk.pool(notice("a", true));
        Share older = talk.share(talk.lastJob(), 9);

        talk.pool(notice("b", "6b".repeat(32), "\"" + TARGET + "\"", false));
        talk.session().submit(older);

        assertThat(talk.jobs()).extracting(PoolJob::id).containsExactly("a", "b");
        assertThat(talk.jobs()).extracting(PoolJob::isClean).containsExactly(true, false);
        assertThat(talk.miner()).singleElement().asString().contains("\"a\"").contains("0x" + HEADER);
    }

    @Test
    void sendsNoShareOfANoticeThatACleanOneReplaced() throws IOException {
        ready();
        talk.pool(notice("a", true));
        Share old = talk.share(talk.lastJob(), 9);

        talk.pool(notice("b", true));
        talk.session().submit(old);

        assertThat(talk.miner()).isEmpty();
        assertThat(talk.verdicts()).singleElement().isInstanceOf(ShareVerdict.Stale.class);
    }

    @Test
    void takesANewExtranonceWithTheNextNoticeEvenIfItsIdRepeats() throws IOException {
        ready();
        talk.pool(notice("a", true), call("mining.set_extranonce", "[\"af4c\"]"));
        PoolJob before = talk.lastJob();

        talk.pool(notice("a", false));

        assertThat(talk.share(before, 9).submission().get(2)).startsWith("0xb06619");
        assertThat(talk.share(talk.lastJob(), 9).submission().get(2)).startsWith("0xaf4c");
        assertThat(talk.session().identity()).contains("kawpow af4c");
    }

    @Test
    void understandsWhatThePoolSaysOfAShare() throws IOException {
        ready();
        talk.pool(notice("a", true));
        talk.submit(7);

        talk.pool(
                "{\"id\":\"4\",\"result\":true,\"error\":null}",
                "{\"id\":5,\"result\":null,\"error\":[22,\"duplicate share\"]}",
                "{\"id\":6,\"result\":null,\"error\":[24,\"nonce out of worker range\"]}",
                "{\"id\":7,\"result\":null,\"error\":[20,\"job is too old\",null]}",
                "{\"id\":8,\"result\":null,\"error\":[20,\"kawpow validation failed\"]}",
                "{\"id\":9,\"result\":false,\"error\":null}",
                "{\"id\":10,\"error\":{\"code\":20,\"message\":\"job not found\"}}");

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Accepted(),
                        new ShareVerdict.Duplicate(22, "duplicate share"),
                        new ShareVerdict.Rejected(24, "nonce out of worker range"),
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 20, "job is too old"),
                        new ShareVerdict.Rejected(20, "kawpow validation failed"),
                        new ShareVerdict.Rejected(20, "no reason given, result false"),
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 20, "job not found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"a\",\"5a\",\"\",\"ff\",true,7001]",
                "[\"a\\u001b[2J\",\"HEADER\",\"\",\"ff\",true,7001]",
                "[\"a\",\"HEADER\",\"\",\"-1\",true,7001]",
                "[\"a\",\"HEADER\",\"\",\"1TARGET\",true,7001]",
                "[\"a\",\"HEADER\",\"\",\"\",true,7001]",
                "[\"a\",\"HEADER\",\"\",\"ff\",true,-1]",
                "[\"a\",\"HEADER\",\"\",\"ff\",true,1e99]",
                "[\"a\",\"HEADER\",\"\",\"ff\",true]",
                "[]",
                "null",
                "\"a\""
            })
    void saysWhichNoticeItIgnoresAndGoesOn(String params) throws IOException {
        ready();

        talk.pool(call("mining.notify", params.replace("HEADER", HEADER).replace("TARGET", "00".repeat(32))));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).singleElement().asString().startsWith("ignored mining.notify: ");
        talk.pool(notice("b", true));
        assertThat(talk.lastJob().id()).isEqualTo("b");
    }

    @Test
    void findsRoomWithoutAnExtranonceAndRefusesOneThatLeavesNone() throws IOException {
        talk.open();
        talk.pool("{\"id\":1,\"result\":[null,\"\"],\"error\":null}", AUTHORISED, notice("a", true));
        assertThat(talk.lastJob().next()).isPresent();

        talk.pool(call("mining.set_extranonce", "[\"" + "ab".repeat(64) + "\"]"));

        assertThat(talk.said()).last().asString().contains("extranonce of 128 hex digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[null,\"EXTRANONCE\"]", "[null,\"b0661\"]", "[null,7]", "[null]", "true", "null"})
    void endsASessionWhoseSubscriptionIsUnusable(String answer) throws IOException {
        talk.open();

        assertThatThrownBy(() -> talk.pool(
                        "{\"id\":1,\"result\":" + answer.replace("EXTRANONCE", "ab".repeat(64)) + ",\"error\":null}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("subscription");
    }

    @Test
    void searchesAnyTargetUpToTheEasiest() throws IOException {
        ready();

        talk.pool(notice("a", HEADER, "\"0x" + "ff".repeat(32) + "\"", true));

        assertThat(talk.lastJob().target()).isEqualTo(Target.EASIEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "15360000", "2147483647", "4294967296", "1e9"})
    void refusesAHeightWhoseLightCacheWouldTakeGigabytes(String height) throws IOException {
        ready();

        talk.pool(notice("a", true).replace(String.valueOf(HEIGHT), height));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said().getLast()).contains("mining.notify: height ", "is not a number from 0 to 15359999");
    }

    @Test
    void takesTheLastHeightWhoseLightCacheIsOfUsualSize() throws IOException {
        ready();

        talk.pool(notice("a", true).replace(String.valueOf(HEIGHT), "15359999"));

        assertThat(talk.jobs()).hasSize(1);
    }

    @Test
    void survivesHostileLinesInAnyOrder() {
        HostileLines.survivedBy(
                KawpowSpeechTest::dialogue,
                List.of(
                        SUBSCRIBED,
                        REFUSED,
                        AUTHORISED,
                        notice("a", true),
                        notice("b", false),
                        call("mining.set_target", "[\"" + TARGET + "\"]"),
                        call("mining.set_extranonce", "[\"af4c\"]"),
                        call("client.show_message", "[\"hi\"]"),
                        "{\"id\":4,\"result\":true,\"error\":null}",
                        call("mining.unheard_of", "{}")));
    }
}

package filon.mining.pool.ergo;

import static filon.mining.pool.PoolLines.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.HostileLines;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErgoSpeechTest {
    private static final String SUBSCRIBED =
            "{\"id\":1,\"result\":[[[\"mining.set_difficulty\",\"c1\"],[\"mining.notify\",\"c1\"]],\"0a3f\",6],\"error\":null}";
    private static final String AUTHORISED = "{\"id\":3,\"result\":true,\"error\":null}";
    private static final String MESSAGE = "5a".repeat(32);
    private static final int HEIGHT = 614_400;
    private static final BigInteger CEILING = BigInteger.ONE.shiftLeft(256);

    private final Dialogue talk = dialogue();

    private static Dialogue dialogue() {
        return new Dialogue(Dialogue.Setting.of(
                ProofsOfWork.of("autolykos2"), new ErgoDialect(), "stratum+tcp://pool.example.com:3333"));
    }

    private static String notice(String id, String message, String b, boolean clean) {
        return call(
                "mining.notify",
                "[\"" + id + "\"," + HEIGHT + ",\"" + message + "\",\"\",\"\",2," + b + ",\"\"," + clean + "]");
    }

    private static String notice(String id, String b) {
        return notice(id, MESSAGE, "\"" + b + "\"", true);
    }

    private void ready() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED, AUTHORISED);
        talk.miner();
    }

    @Test
    void speaksTheLinesThatMiningcoreSpeaks() throws IOException {
        talk.open();
        assertThat(talk.miner())
                .containsExactly("{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"filon/0.1\"]}");
        talk.pool(SUBSCRIBED);
        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":2,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}",
                        "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}");
        talk.pool(
                "{\"id\":2,\"result\":null,\"error\":[20,\"Unsupported request mining.extranonce.subscribe\",null]}",
                AUTHORISED,
                call("mining.set_difficulty", "[1]"),
                notice("00000001", "67"));

        PoolWork work = talk.lastJob().next().orElseThrow();
        long nonce = work.nonces().first() | 0x1079;
        talk.session().submit(work.share(nonce, Digest.of(new byte[32]), new byte[44], 0));

        String whole = HexFormat.of().toHexDigits(nonce);
        assertThat(whole).startsWith("0a3f").endsWith("1079");
        assertThat(talk.miner())
                .containsExactly("{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"me\",\"00000001\",\""
                        + whole.substring(4) + "\",\"00000000\",\"" + whole + "\"]}");
        talk.pool("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
        assertThat(talk.said()).isEmpty();
    }

    @Test
    void submitsWhatRebuildsTheVeryHashThatWasFound() throws IOException {
        ProofOfWork reduced = ProofsOfWork.of("autolykos2").reduced();
        ready();
        talk.pool(notice("a", "1000"));
        PoolWork work = talk.lastJob().next().orElseThrow();
        Header header = work.work().header();
        long nonce = work.nonces().last();
        Digest found = reduced.digest(header, nonce);

        List<String> sent =
                work.share(nonce, found, reduced.solved(header, nonce), 0).submission();

        assertThat(sent.get(4)).isEqualTo("0a3f" + sent.get(2));
        Digest rebuilt = reduced.digest(
                new Header(HexFormat.of().parseHex(MESSAGE), HEIGHT), Long.parseUnsignedLong(sent.get(4), 16));
        assertThat(rebuilt.hash()).isEqualTo(found.hash());
    }

    @Test
    void wantsHitsStrictlyBelowB() throws IOException {
        KnownAnswer answer = ProofsOfWork.of("autolykos2").knownAnswers().getFirst();
        BigInteger hit = new BigInteger(1, answer.digest().hash());
        ready();

        talk.pool(
                notice("equal", hit.toString()),
                notice("above", hit.add(BigInteger.ONE).toString()));

        assertThat(talk.jobs())
                .extracting(job -> job.target().isMetBy(answer.digest().hash()))
                .containsExactly(false, true);
    }

    @Test
    void takesAnyBOf256Bits() throws IOException {
        ready();
        String largest = CEILING.subtract(BigInteger.ONE).toString();
        assertThat(largest).hasSize(78);

        talk.pool(notice("a", "1"), notice("b", largest), notice("c", MESSAGE, "67", false));

        assertThat(talk.jobs())
                .extracting(PoolJob::target)
                .containsExactly(
                        Target.of(BigInteger.ZERO),
                        Target.of(CEILING.subtract(BigInteger.TWO)),
                        Target.of(BigInteger.valueOf(66)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "\"-1\"", "\"TOO_LARGE\"", "\"0xff\"", "\"1e9\"", "\"\"", "null", "1.5", "-7"})
    void saysWhichBItIgnoresAndGoesOn(String b) throws IOException {
        ready();

        talk.pool(notice("a", MESSAGE, b.replace("TOO_LARGE", CEILING.toString()), true));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).singleElement().asString().startsWith("ignored mining.notify: b ");
        talk.pool(notice("b", "1000"));
        assertThat(talk.lastJob().id()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"a\",-1,\"MESSAGE\",\"\",\"\",2,\"7\",\"\",true]",
                "[\"a\",1,\"5a\",\"\",\"\",2,\"7\"]",
                "[]",
                "{}"
            })
    void saysWhichNoticeItIgnores(String params) throws IOException {
        ready();

        talk.pool(call("mining.notify", params.replace("MESSAGE", MESSAGE)));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).singleElement().asString().startsWith("ignored mining.notify: ");
    }

    @Test
    void takesTheTargetFromBWhateverDifficultyIsNamed() throws IOException {
        ready();

        talk.pool(
                call("mining.set_difficulty", "[1]"),
                notice("a", "1000"),
                call("mining.set_difficulty", "[4294967296000]"),
                notice("b", "1000"),
                call("mining.set_difficulty", "[4294967296000]"));

        assertThat(talk.jobs())
                .extracting(PoolJob::target)
                .containsExactly(Target.of(BigInteger.valueOf(999)), Target.of(BigInteger.valueOf(999)));
        assertThat(talk.said()).containsExactly("names a difficulty of 4.29497E+12; only the b of its jobs counts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[],\"0a3f\",5]",
                "[[],\"0a3f\",-1]",
                "[[],\"0a3f\",1e99]",
                "[[],\"0011223344556677\",0]",
                "[[],\"EXTRANONCE\",6]",
                "[[]]",
                "false"
            })
    void endsASessionWhoseExtranoncesAreNoNonceTogether(String answer) throws IOException {
        talk.open();

        assertThatThrownBy(
                        () -> talk.pool("{\"id\":1,\"result\":" + answer.replace("EXTRANONCE", "ab".repeat(64)) + "}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("subscription");
    }

    @Test
    void searchesAllNoncesWhereThePoolsPartIsEmpty() throws IOException {
        talk.open();
        talk.pool("{\"id\":1,\"result\":[[],\"\",8],\"error\":null}", AUTHORISED, notice("a", "1000"));

        List<String> sent = talk.share(talk.lastJob(), 9).submission();

        assertThat(sent.get(2)).hasSize(16).isEqualTo(sent.get(4));
    }

    @Test
    void takesANewExtranonceWithTheNextNoticeEvenIfItsIdRepeats() throws IOException {
        ready();
        talk.pool(notice("a", "1000"), call("mining.set_extranonce", "[\"0b4c5d\",5]"));
        PoolJob before = talk.lastJob();

        talk.pool(notice("a", MESSAGE, "\"1000\"", false));

        assertThat(talk.share(before, 9).submission().get(2)).hasSize(12);
        assertThat(talk.share(talk.lastJob(), 9).submission().get(2)).hasSize(10);
        assertThat(talk.share(talk.lastJob(), 9).submission().get(4)).startsWith("0b4c5d");
    }

    @Test
    void keepsItsExtranonceWhereANewOneIsNoneForANonce() throws IOException {
        ready();

        talk.pool(call("mining.set_extranonce", "[\"0b4c5d\",6]"), notice("a", "1000"));

        assertThat(talk.said()).singleElement().asString().contains("no nonce of 8");
        assertThat(talk.share(talk.lastJob(), 9).submission().get(4)).startsWith("0a3f");
    }

    @Test
    void holdsANoticeThatComesBeforeTheReplies() throws IOException {
        talk.open();
        talk.pool(notice("early", "1000"), notice("later", "2000"), SUBSCRIBED);
        assertThat(talk.jobs()).isEmpty();

        talk.pool(AUTHORISED);

        assertThat(talk.jobs()).singleElement().extracting(PoolJob::id).isEqualTo("later");
    }

    @Test
    void understandsWhatThePoolSaysOfAShare() throws IOException {
        ready();
        talk.pool(notice("a", "1000"));
        talk.submit(4);

        talk.pool(
                "{\"id\":\"4\",\"result\":false,\"error\":[21,\"job not found\",null]}",
                "{\"id\":5,\"result\":false,\"error\":{\"code\":22,\"message\":\"duplicate share [0a3f]\"}}",
                "{\"id\":6,\"result\":null,\"error\":[23,\"low difficulty share (0.1)\"]}",
                "{\"id\":7,\"result\":false,\"error\":null}");

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 21, "job not found"),
                        new ShareVerdict.Duplicate(22, "duplicate share [0a3f]"),
                        new ShareVerdict.Rejected(23, "low difficulty share (0.1)"),
                        new ShareVerdict.Rejected(20, "no reason given, result false"));
    }

    @Test
    void survivesHostileLinesInAnyOrder() {
        HostileLines.survivedBy(
                ErgoSpeechTest::dialogue,
                List.of(
                        SUBSCRIBED,
                        AUTHORISED,
                        notice("a", "1000"),
                        notice("b", MESSAGE, "\"" + CEILING + "\"", false),
                        call("mining.set_difficulty", "[1]"),
                        call("mining.set_difficulty", "[1e400]"),
                        call("mining.set_extranonce", "[\"0b4c5d\",5]"),
                        "{\"id\":4,\"result\":true,\"error\":null}",
                        call("mining.unheard_of", "{}")));
    }
}

package filon.mining.pool.kaspa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.HostileLines;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KaspaSpeechTest {
    private static final ProofOfWork KHEAVYHASH = ProofsOfWork.of("kheavyhash");
    private static final String SUBSCRIBED = "{\"id\":1,\"result\":[true,\"EthereumStratum/1.0.0\"],\"error\":null}";
    private static final String AUTHORISED = "{\"id\":3,\"result\":true,\"error\":null}";
    private static final String EXTRANONCE =
            "{\"id\":null,\"jsonrpc\":\"2.0\",\"method\":\"set_extranonce\",\"params\":[\"0029\",6]}";

    private final Dialogue talk = dialogue();

    private static Dialogue dialogue() {
        return new Dialogue(Dialogue.Setting.of(KHEAVYHASH, new KaspaDialect(), "stratum+tcp://pool.example.com:5555"));
    }

    private static String call(String method, String params) {
        return "{\"id\":17,\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static String notice(String id) {
        return call("mining.notify", "[\"" + id + "\",[1,2,3,18446744073709551615],1672531200000]");
    }

    private void ready() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED, AUTHORISED, EXTRANONCE);
        talk.miner();
    }

    private Share share(PoolJob job) {
        return talk.share(job, 9);
    }

    static List<KnownAnswer> knownAnswers() {
        return KHEAVYHASH.knownAnswers();
    }

    @Test
    void speaksTheLinesThatTheBridgeSpeaks() throws IOException {
        talk.open();
        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"filon/0.1\",\"EthereumStratum/1.0.0\"]}",
                        "{\"id\":2,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}",
                        "{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}");
        talk.pool(SUBSCRIBED, AUTHORISED, EXTRANONCE, call("mining.set_difficulty", "[4096]"), notice("1"));

        PoolWork work = talk.lastJob().next().orElseThrow();
        long nonce = work.nonces().first() | 0x1079;
        talk.session().submit(work.share(nonce, Digest.of(new byte[32]), new byte[80], 0));

        String whole = HexFormat.of().toHexDigits(nonce);
        assertThat(whole).startsWith("0029").endsWith("1079");
        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"me\",\"1\",\"0x" + whole + "\"]}");
        talk.pool("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
        assertThat(talk.lastJob().target()).isEqualTo(KHEAVYHASH.targetOf(new BigDecimal(4096)));
    }

    @ParameterizedTest
    @MethodSource("knownAnswers")
    void readsThePublicBlocksFromBothFormsOfANotice(KnownAnswer answer) throws IOException {
        byte[] header = answer.header().prefix();
        ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        StringJoiner words = new StringJoiner(",", "[", "]");
        for (int i = 0; i < 4; i++) {
            words.add(Long.toUnsignedString(numbers.getLong()));
        }
        ready();

        talk.pool(
                call("mining.notify", "[\"1\"," + words + "," + Long.toUnsignedString(numbers.getLong()) + "]"),
                call("mining.notify", "[\"2\",\"" + HexFormat.of().formatHex(header) + "\"]"));

        assertThat(talk.jobs()).hasSize(2).allSatisfy(job -> {
            Header read = job.next().orElseThrow().work().header();
            assertThat(KHEAVYHASH.digest(read, answer.nonce()).hash())
                    .isEqualTo(answer.digest().hash());
        });
    }

    @Test
    void submitsWhatRebuildsTheVeryHashThatWasFound() throws IOException {
        ready();
        talk.pool(notice("1"));
        PoolWork work = talk.lastJob().next().orElseThrow();
        Header header = work.work().header();
        long nonce = work.nonces().last();
        Digest found = KHEAVYHASH.digest(header, nonce);

        List<String> sent =
                work.share(nonce, found, KHEAVYHASH.solved(header, nonce), 0).submission();

        long rebuilt = Long.parseUnsignedLong(sent.get(2).substring(2), 16);
        assertThat(KHEAVYHASH.digest(header, rebuilt).hash()).isEqualTo(found.hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"method\":\"set_extranonce\",\"params\":[\"0029\",6]}",
                "{\"id\":null,\"method\":\"set_extranonce\",\"params\":[\"0029\"]}",
                "{\"id\":3,\"method\":\"mining.set_extranonce\",\"params\":[\"0029\"]}",
                "{\"id\":1,\"result\":[null,\"0029\",6],\"error\":null}",
                "{\"id\":\"1\",\"result\":[null,\"0029\",6]}"
            })
    void takesTheExtranonceHoweverItIsTold(String line) throws IOException {
        talk.open();

        talk.pool(line, AUTHORISED, notice("1"));

        assertThat(share(talk.lastJob()).submission().get(2)).startsWith("0x0029");
    }

    @Test
    void searchesAllNoncesWhereNoExtranonceIsTold() throws IOException {
        talk.open();

        talk.pool(SUBSCRIBED, AUTHORISED, notice("1"));

        assertThat(talk.lastJob().next()).isPresent();
    }

    @Test
    void appliesTheFirstExtranonceToTheJobThatCameBeforeIt() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED, notice("1"), AUTHORISED);

        talk.pool(EXTRANONCE);

        assertThat(talk.jobs()).extracting(PoolJob::id).containsExactly("1", "1");
        assertThat(share(talk.lastJob()).submission().get(2)).startsWith("0x0029");
    }

    @Test
    void takesALaterExtranonceWithTheNextNoticeEvenIfItsIdRepeats() throws IOException {
        ready();
        talk.pool(notice("1"), call("set_extranonce", "[\"0a0b0c\",5]"));
        assertThat(talk.jobs()).hasSize(1);
        PoolJob before = talk.lastJob();

        talk.pool(notice("1"));

        assertThat(share(before).submission().get(2)).startsWith("0x0029");
        assertThat(share(talk.lastJob()).submission().get(2)).startsWith("0x0a0b0c");
    }

    @Test
    void keepsSharesOfAnEarlierNotice() throws IOException {
        ready();
        talk.pool(notice("1"));
        Share older = share(talk.lastJob());

        talk.pool(notice("2"));
        talk.session().submit(older);

        assertThat(talk.miner()).singleElement().asString().contains("\"1\"");
    }

    @Test
    void appliesADifficultyToTheNextNoticeOnly() throws IOException {
        ready();
        talk.pool(call("mining.set_difficulty", "[2]"), notice("1"), call("mining.set_difficulty", "[\"512.5\"]"));

        talk.pool(notice("2"));

        assertThat(talk.jobs())
                .extracting(PoolJob::target)
                .containsExactly(KHEAVYHASH.targetOf(BigDecimal.TWO), KHEAVYHASH.targetOf(new BigDecimal("512.5")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"1\",[1,2,3],7]",
                "[\"1\",[1,2,3,-4],7]",
                "[\"1\",[1,2,3,18446744073709551616],7]",
                "[\"1\",[1,2,3,4.5],7]",
                "[\"1\",[1,2,3,4]]",
                "[\"1\",[1,2,3,4],-7]",
                "[\"1\",\"00ff\"]",
                "[\"1\",\"zz\"]",
                "[\"1\\u0000\",[1,2,3,4],7]",
                "[\"\",[1,2,3,4],7]",
                "[]",
                "{}"
            })
    void saysWhichNoticeItIgnoresAndGoesOn(String params) throws IOException {
        ready();

        talk.pool(call("mining.notify", params));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).singleElement().asString().startsWith("ignored mining.notify: ");
        talk.pool(notice("2"));
        assertThat(talk.lastJob().id()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"LONG\"]", "[\"0029\",7]", "[\"0029\",-1]", "[\"029\"]", "[7]", "[]", "null"})
    void keepsItsExtranonceWhereANewOneIsUnusable(String params) throws IOException {
        ready();

        talk.pool(call("set_extranonce", params.replace("LONG", "ab".repeat(64))), notice("1"));

        assertThat(talk.said()).singleElement().asString().startsWith("ignored set_extranonce: ");
        assertThat(share(talk.lastJob()).submission().get(2)).startsWith("0x0029");
    }

    @Test
    void minesAlthoughThePoolRefusesTheSubscription() throws IOException {
        talk.open();

        talk.pool("{\"id\":1,\"result\":null,\"error\":[20,\"unknown method\",null]}", AUTHORISED, notice("1"));

        assertThat(talk.jobs()).hasSize(1);
    }

    @Test
    void endsWhenThePoolRefusesTheUser() throws IOException {
        talk.open();

        assertThatThrownBy(() -> talk.pool("{\"id\":3,\"result\":false,\"error\":[24,\"invalid wallet\",null]}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("invalid wallet")
                .hasMessageNotContaining("secret");
    }

    @Test
    void understandsWhatThePoolSaysOfAShare() throws IOException {
        ready();
        talk.pool(notice("1"));
        talk.submit(5);

        talk.pool(
                "{\"id\":4,\"result\":null,\"error\":[21,\"Job not found\",null]}",
                "{\"id\":5,\"result\":null,\"error\":[22,\"Duplicate share submitted\"]}",
                "{\"id\":\"6\",\"error\":{\"code\":23,\"message\":\"Invalid difficulty\"}}",
                "{\"id\":7,\"result\":null,\"error\":[20,\"Unknown problem\",null]}",
                "{\"id\":8,\"result\":false}");

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 21, "Job not found"),
                        new ShareVerdict.Duplicate(22, "Duplicate share submitted"),
                        new ShareVerdict.Rejected(23, "Invalid difficulty"),
                        new ShareVerdict.Rejected(20, "Unknown problem"),
                        new ShareVerdict.Rejected(20, "no reason given, result false"));
    }

    @Test
    void survivesHostileLinesInAnyOrder() {
        HostileLines.survivedBy(
                KaspaSpeechTest::dialogue,
                List.of(
                        SUBSCRIBED,
                        AUTHORISED,
                        EXTRANONCE,
                        notice("1"),
                        call("mining.notify", "[\"2\",\"" + "5a".repeat(40) + "\"]"),
                        call("mining.set_difficulty", "[0.5]"),
                        call("mining.set_difficulty", "[1e2147483647]"),
                        "{\"id\":1,\"result\":[null,\"0a\",7],\"error\":null}",
                        "{\"id\":4,\"result\":true,\"error\":null}",
                        call("client.reconnect", "[\"evil.example.org\",1,1]")));
    }
}

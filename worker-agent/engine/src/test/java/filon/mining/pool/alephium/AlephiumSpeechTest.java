package filon.mining.pool.alephium;

import static filon.mining.pool.PoolLines.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.Digest;
import filon.mining.algorithm.Folder;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.pool.Dialogue;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolWork;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.line.HostileLines;
import filon.mining.pool.line.LineMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlephiumSpeechTest {
    private static final ProofOfWork BLAKE3 = ProofsOfWork.of("blake3");
    private static final JsonNode SHARES =
            new Folder(BLAKE3.getClass()).vectors().path("shares");
    private static final String SUBSCRIBED = "{\"id\":1,\"result\":\"result\"}";
    private static final String AUTHORISED = "{\"id\":2,\"result\":true}";
    private static final String EXTRANONCE = "{\"method\":\"mining.set_extranonce\",\"params\":[\"515a\"],\"id\":null}";
    private static final String BLOB = "5a".repeat(302);

    private final Dialogue talk = dialogue();

    private static Dialogue dialogue() {
        return new Dialogue(Dialogue.Setting.of(BLAKE3, new AlephiumDialect(), "stratum+tcp://pool.example.com:20032"));
    }

    private static String template(String id, int from, int to, String blob, String target) {
        return "{\"jobId\":\"" + id + "\",\"fromGroup\":" + from + ",\"toGroup\":" + to + ",\"headerBlob\":\"" + blob
                + "\",\"txsBlob\":\"\",\"targetBlob\":\"" + target + "\",\"height\":1826597}";
    }

    private static String noticeOf(String... templates) {
        return call("mining.notify", "[" + String.join(",", templates) + "]");
    }

    private static String notice(String id) {
        return noticeOf(template(id, 1, 2, BLOB, "0fffff"));
    }

    private void ready() throws IOException {
        talk.open();
        talk.pool(SUBSCRIBED, AUTHORISED, EXTRANONCE);
        talk.miner();
    }

    private String nonceOf(Share share) {
        return share.submission().get(3);
    }

    @Test
    void speaksTheLinesThatTheCoinsOwnPoolSpeaks() throws IOException {
        talk.open();
        assertThat(talk.miner())
                .containsExactly(
                        "{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"filon/0.1\"]}",
                        "{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"me\",\"secret\"]}");
        talk.pool(call("mining.set_difficulty", "[64]"), notice("1f"), SUBSCRIBED);
        assertThat(talk.jobs()).isEmpty();
        talk.pool(AUTHORISED, EXTRANONCE);

        PoolWork work = talk.lastJob().next().orElseThrow();
        talk.session().submit(work.share(0x1079, Digest.of(new byte[32]), new byte[326], 0));

        JsonNode sent = LineMessage.JSON.readTree(talk.miner().getLast());
        String nonce = sent.path("params").path("nonce").textValue();
        assertThat(nonce).hasSize(48).startsWith("515a").endsWith("0000000000001079");
        assertThat(sent)
                .hasToString("{\"id\":3,\"method\":\"mining.submit\",\"params\":{\"jobId\":\"1f\",\"fromGroup\":1,"
                        + "\"toGroup\":2,\"nonce\":\"" + nonce + "\",\"worker\":\"me\"}}");
        talk.pool("{\"id\":3,\"result\":true}");
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
    }

    @Test
    void submitsWhatRebuildsTheVeryHashThatWasFound() throws IOException {
        ready();
        talk.pool(notice("a"));
        PoolWork work = talk.lastJob().next().orElseThrow();
        Header header = work.work().header();
        long nonce = -1;
        while (!work.counts(BLAKE3.digest(header, nonce))) {
            nonce--;
        }
        Digest found = BLAKE3.digest(header, nonce);

        String sent = nonceOf(work.share(nonce, found, BLAKE3.solved(header, nonce), 0));

        assertThat(hash(sent, BLOB)).isEqualTo(found.hash());
    }

    /** As the pool makes it: the nonce of 24 bytes, the blob. */
    private static byte[] hash(String nonce, String blob) {
        byte[] bytes = HexFormat.of().parseHex(nonce);
        byte[] prefix = HexFormat.of().parseHex(nonce.substring(0, 2 * NonceStart.LENGTH) + blob);
        return BLAKE3.digest(Header.of(prefix), ByteBuffer.wrap(bytes).getLong(NonceStart.LENGTH))
                .hash();
    }

    @Test
    void countsTheHashesThatTheCoinsOwnPoolCounts() throws IOException {
        String blob = SHARES.path("header_blob").asText();
        ready();
        talk.pool(noticeOf(template(
                "a",
                SHARES.path("from_group").asInt(),
                SHARES.path("to_group").asInt(),
                blob,
                SHARES.path("target").asText())));

        PoolWork work = talk.lastJob().next().orElseThrow();

        Digest accepted = Digest.of(hash(SHARES.path("accepted").asText(), blob));
        Digest ofAnother = Digest.of(hash(SHARES.path("of_another_chain").asText(), blob));
        assertThat(work.counts(accepted)).isTrue();
        assertThat(work.counts(ofAnother)).isFalse();
        assertThat(work.work().target().isMetBy(accepted.hash())).isTrue();
    }

    @Test
    void givesEachWorkItsOwnStartOfTheNonceAndAllItsLastEightBytes() throws IOException {
        ready();
        talk.pool(notice("a"));
        PoolJob first = talk.lastJob();
        talk.pool(notice("a"));
        PoolJob again = talk.lastJob();

        List<PoolWork> works = List.of(
                first.next().orElseThrow(),
                first.next().orElseThrow(),
                again.next().orElseThrow());

        assertThat(works)
                .extracting(
                        work -> HexFormat.of().formatHex(work.work().header().prefix(), 0, NonceStart.LENGTH))
                .doesNotHaveDuplicates()
                .allMatch(start -> start.startsWith("515a000000000000"));
        assertThat(works).allMatch(work -> work.nonces().bits() == Long.SIZE);
        assertThat(works.getFirst().work().header().prefix()).hasSize(BLAKE3.prefixLength());
    }

    @Test
    void startsElsewhereThanAnotherRigOfTheSameExtranonce() throws IOException {
        NonceStart one = new NonceStart("515a", 17);
        NonceStart other = new NonceStart("515a", 99);

        assertThat(Arrays.equals(one.next(), other.next())).isFalse();
    }

    @Test
    void minesAnotherTemplateOfEachNotice() throws IOException {
        ready();
        String both = noticeOf(template("a", 0, 1, BLOB, "ff"), template("b", 3, 3, BLOB, "ee"));

        talk.pool(both, both, both);

        assertThat(talk.jobs()).extracting(PoolJob::id).containsExactly("a", "b", "a");
        assertThat(talk.share(talk.jobs().get(1), 9).submission()).startsWith("b", "3", "3");
        assertThat(talk.jobs().get(1).target()).isEqualTo(Target.ofHex("ee"));
    }

    @Test
    void takesTheDifficultyWhereATemplateHasNoTarget() throws IOException {
        ready();

        talk.pool(
                call("mining.set_difficulty", "[0.25]"),
                noticeOf(template("a", 0, 0, BLOB, "")),
                call("mining.set_difficulty", "[16]"),
                "{\"id\":null,\"method\":\"mining.notify\",\"params\":[{\"jobId\":\"b\",\"fromGroup\":0,\"toGroup\":0,\"headerBlob\":\""
                        + BLOB + "\"}]}");

        assertThat(talk.jobs())
                .extracting(PoolJob::target)
                .containsExactly(BLAKE3.targetOf(new BigDecimal("0.25")), BLAKE3.targetOf(BigDecimal.valueOf(16)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"mining.set_extranonce\",\"params\":[\"515a\"],\"id\":null}",
                "{\"method\":\"mining.set_extranonce\",\"params\":\"515a\"}",
                "{\"id\":1,\"result\":[null,\"515a\"],\"error\":null}",
                "{\"id\":\"1\",\"result\":[[],\"0x515A\",22]}"
            })
    void takesTheExtranonceHoweverItIsTold(String line) throws IOException {
        talk.open();

        talk.pool(line, AUTHORISED, notice("a"));

        assertThat(nonceOf(talk.share(talk.lastJob(), 9))).startsWith("515a");
    }

    @Test
    void appliesTheFirstExtranonceToTheJobThatCameBeforeItAndALaterOneToTheNext() throws IOException {
        talk.open();
        talk.pool(notice("a"), AUTHORISED, EXTRANONCE);
        assertThat(talk.jobs()).extracting(PoolJob::id).containsExactly("a", "a");
        PoolJob before = talk.lastJob();

        talk.pool(call("mining.set_extranonce", "[\"c0ffee\"]"));
        assertThat(talk.jobs()).hasSize(2);
        talk.pool(notice("a"));

        assertThat(nonceOf(talk.share(before, 9))).startsWith("515a");
        assertThat(nonceOf(talk.share(talk.lastJob(), 9))).startsWith("c0ffee");
        assertThat(talk.session().identity()).contains("alephium c0ffee");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"LONG\"]", "[\"515\"]", "[7]", "[]", "null", "{}"})
    void keepsItsExtranonceWhereANewOneIsUnusable(String params) throws IOException {
        ready();

        talk.pool(call("mining.set_extranonce", params.replace("LONG", "ab".repeat(64))), notice("a"));

        assertThat(talk.said()).singleElement().asString().startsWith("ignored mining.set_extranonce: ");
        assertThat(nonceOf(talk.share(talk.lastJob(), 9))).startsWith("515a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "null", "[7]", "[null]", "[[]]", "\"a\""})
    void saysWhichNoticeItIgnoresAndGoesOn(String params) throws IOException {
        ready();

        talk.pool(call("mining.notify", params), notice("b"));

        assertThat(talk.said()).singleElement().asString().startsWith("ignored mining.notify: ");
        assertThat(talk.jobs()).singleElement().extracting(PoolJob::id).isEqualTo("b");
    }

    @Test
    void refusesTemplatesThatAreNone() throws IOException {
        ready();

        talk.pool(
                noticeOf(template("a", 4, 0, BLOB, "ff")),
                noticeOf(template("a", 0, -1, BLOB, "ff")),
                noticeOf(template("a", 0, 0, "5a", "ff")),
                noticeOf(template("a", 0, 0, BLOB, "-1")),
                noticeOf(template("a", 0, 0, BLOB, "1" + "00".repeat(32))),
                noticeOf(template("\\u001b", 0, 0, BLOB, "ff")),
                noticeOf(template("", 0, 0, BLOB, "ff")));

        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).hasSize(7).allMatch(text -> text.startsWith("ignored mining.notify: "));
    }

    @Test
    void understandsTheNumbersThatTheCoinsOwnPoolGivesErrors() throws IOException {
        ready();
        talk.pool(notice("a"));
        talk.submit(8);

        talk.pool(
                "{\"id\":3,\"result\":null}",
                "{\"id\":4,\"error\":[20,\"job not found, maybe expired\"],\"result\":null}",
                "{\"id\":5,\"error\":[21,\"invalid job chain index\"],\"result\":null}",
                "{\"id\":6,\"error\":[22,\"unauthorized worker\"],\"result\":null}",
                "{\"id\":7,\"error\":{\"code\":24,\"message\":\"duplicate share\"}}",
                "{\"id\":\"8\",\"error\":[25,\"low difficulty share of 1\",null],\"result\":null}",
                "{\"id\":9,\"error\":[26,\"invalid block chain index\"],\"result\":null}",
                "{\"id\":10,\"error\":[21,\"Job not found\",null],\"result\":false}");

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Rejected(20, "no reason given, result null"),
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 20, "job not found, maybe expired"),
                        new ShareVerdict.Rejected(21, "invalid job chain index"),
                        new ShareVerdict.Rejected(22, "unauthorized worker"),
                        new ShareVerdict.Duplicate(24, "duplicate share"),
                        new ShareVerdict.Rejected(25, "low difficulty share of 1"),
                        new ShareVerdict.Rejected(26, "invalid block chain index"),
                        new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 21, "Job not found"));
    }

    @Test
    void endsWhenThePoolRefusesTheUser() throws IOException {
        talk.open();

        assertThatThrownBy(() -> talk.pool("{\"id\":2,\"result\":false,\"error\":[22,\"invalid worker\"]}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("invalid worker");
    }

    @Test
    void survivesHostileLinesInAnyOrder() {
        HostileLines.survivedBy(
                AlephiumSpeechTest::dialogue,
                List.of(
                        SUBSCRIBED,
                        AUTHORISED,
                        EXTRANONCE,
                        notice("a"),
                        noticeOf(template("b", 0, 0, BLOB, ""), template("c", 3, 3, BLOB, "ff")),
                        call("mining.set_difficulty", "[0.5]"),
                        call("mining.set_difficulty", "[1e2147483647]"),
                        "{\"id\":3,\"result\":true}",
                        "{\"id\":4,\"error\":[21,\"invalid job chain index\"],\"result\":null}",
                        call("mining.unheard_of", "{}")));
    }

    @Test
    void submitsNothingThatWasFoundBeforeThePoolChoseItsPartOfTheNonce() throws IOException {
        talk.open();
        talk.pool(AUTHORISED, notice("a"));
        Share early = talk.share(talk.lastJob(), 1);
        talk.pool(EXTRANONCE);
        talk.miner();

        talk.session().submit(early);
        Share later = talk.share(talk.lastJob(), 1);
        talk.session().submit(later);

        assertThat(talk.miner()).hasSize(1);
        assertThat(nonceOf(later)).startsWith("515a");
    }
}

package filon.practice;

import static filon.practice.Stratum1Hand.AUTHORIZE;
import static filon.practice.Stratum1Hand.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.ProofsOfWork;
import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Push;
import filon.practice.dialect.Quirk;
import filon.practice.wire.Wire;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a pool of Stratum V1")
class Stratum1Test {
    /** Every second hash or so is a share. */
    private static final double TRIVIAL = 1e-9;

    private final Scene scene = new Scene(Plan.ofSha256d(TRIVIAL));
    private final Wiretap miner = scene.miner();

    @Test
    void saysWhatTheTranscriptSays() {
        // When
        List<String> lines = miner.say(
                "{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\",\"minimum-difficulty\","
                        + "\"subscribe-extranonce\"],{\"version-rolling.mask\":\"18000000\","
                        + "\"version-rolling.min-bit-count\":2,\"minimum-difficulty.value\":0}]}",
                SUBSCRIBE,
                AUTHORIZE);

        // Then
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .isEqualTo("{\"id\":1,\"error\":null,\"result\":{\"version-rolling\":true,"
                        + "\"version-rolling.mask\":\"18000000\",\"minimum-difficulty\":true,"
                        + "\"subscribe-extranonce\":true}}");
        assertThat(lines.get(1))
                .matches("\\{\"id\":2,\"result\":\\[\\[\\[\"mining.set_difficulty\",\"([0-9a-f]{8})\"],"
                        + "\\[\"mining.notify\",\"\\1\"]],\"00000100\",4],\"error\":null}");
        assertThat(lines.get(2)).isEqualTo("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1.0E-9]}");
        assertThat(lines.get(3))
                .matches("\\{\"id\":null,\"method\":\"mining.notify\",\"params\":\\[\"1\",\"[0-9a-f]{64}\","
                        + "\"[0-9a-f]+\",\"[0-9a-f]+\",\\[.*],\"20000000\",\"1702905c\",\"6955b900\",true]}");
        assertThat(lines.get(4)).isEqualTo("{\"id\":3,\"result\":true,\"error\":null}");
    }

    @Test
    void answersSharesAsTheFieldDoes() {
        // Given
        Stratum1Hand hand = begun();

        // When // Then
        String good = hand.share(0);
        assertThat(miner.say(good)).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(miner.say(good))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[22,\"duplicate share\",null]}");
        assertThat(miner.say(hand.submission("77", hand.nonceFrom(0), "")))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[21,\"job not found\",null]}");
        assertThat(miner.say(hand.submission(hand.job(), hand.missFrom(0), "")))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[23,\"low difficulty share\",null]}");
    }

    @Test
    void writesAReceiptForEverySubmission() {
        // Given
        Stratum1Hand hand = begun();

        // When
        miner.say(hand.share(0), hand.submission("77", "00000000", ""));

        // Then
        assertThat(scene.pool.receipts())
                .extracting(Receipt::worker, Receipt::job, Receipt::isAccepted, Receipt::answer)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("w1", "1", true, Receipt.Answer.SENT),
                        org.assertj.core.groups.Tuple.tuple("w1", "77", false, Receipt.Answer.SENT));
        assertThat(scene.pool.counts().sent()).isEqualTo(2);
    }

    @Test
    void resumesASessionWithItsExtranonceAndItsShares() {
        // Given
        Stratum1Hand hand = begun();
        String share = hand.share(0);
        miner.say(share);
        miner.link().minerClosed();

        // When
        Wiretap again = scene.miner();
        List<String> lines = again.say(
                "{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"agent/1.0\",\"" + hand.session() + "\"]}",
                AUTHORIZE,
                share);

        // Then
        JsonNode reply = Wiretap.json(lines.getFirst()).path("result");
        assertThat(reply.path(1).asText()).isEqualTo(hand.extranonce1());
        assertThat(reply.at("/0/1/1").asText()).isEqualTo(hand.session());
        assertThat(lines.get(2)).as("the same block: what was found stays good").endsWith(",false]}");
        assertThat(lines.getLast()).contains("[22,\"duplicate share\",null]");
    }

    @Test
    void aSessionThatIsUnknownIsANewOne() {
        List<String> lines = miner.say("{\"id\":2,\"method\":\"mining.subscribe\",\"params\":[\"a\",\"0badcafe\"]}");
        assertThat(Wiretap.json(lines.getFirst()).at("/result/0/1/1").asText()).isNotEqualTo("0badcafe");
    }

    @Test
    void anExtranonceCountsFromTheNextJobEvenIfItsNameRepeats() {
        // Given
        miner.say("{\"id\":1,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}");
        Stratum1Hand hand = begun();
        String ofOld = hand.share(0);

        // When
        scene.pool.push(new Push.Extranonce(2, false));
        List<String> change = miner.heard();
        List<String> before = miner.say(ofOld);
        scene.pool.push(new Push.Job(false));
        hand.note(change);
        hand.note(miner.heard());

        // Then
        assertThat(change).hasSize(1);
        assertThat(change.getFirst())
                .matches("\\{\"id\":null,\"method\":\"mining.set_extranonce\",\"params\":\\[\"[0-9a-f]{12}\",2]}");
        assertThat(before).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(hand.job()).as("the same job once more").isEqualTo("1");
        assertThat(miner.say(ofOld)).singleElement().asString().contains("[20,\"incorrect size of extranonce2\"");
        assertThat(miner.say(hand.share(0))).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
    }

    @Test
    void doesNotChangeTheExtranonceOfWhoDidNotSubscribeToIt() {
        // Given
        begun();

        // When
        scene.pool.push(new Push.Extranonce(0, false));
        List<String> invited = miner.heard();
        scene.pool.push(new Push.Extranonce(0, true));

        // Then
        assertThat(invited).isEmpty();
        assertThat(miner.heard()).singleElement().asString().contains("mining.set_extranonce");
    }

    @Test
    void takesRolledVersionsWithinTheMaskAndAChangedMaskAtOnce() {
        // Given
        miner.say("{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"version-rolling\"],"
                + "{\"version-rolling.mask\":\"ffffffff\"}]}");
        Stratum1Hand hand = begun();

        // When // Then
        assertThat(miner.say(hand.rolledShare(0x1fffe000, 0x00804000)))
                .containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(miner.say(hand.rolledShare(0x1fffe000, 0x00000001)))
                .singleElement()
                .asString()
                .contains("[20,\"version bits outside the mask\",null]");
        scene.pool.push(new Push.VersionMask(0x00003000 & 0x1fffe000));
        assertThat(miner.heard())
                .containsExactly("{\"id\":null,\"method\":\"mining.set_version_mask\",\"params\":[\"00002000\"]}");
        assertThat(miner.say(hand.rolledShare(0x1fffe000, 0x00804000)))
                .singleElement()
                .asString()
                .contains("outside the mask");
        assertThat(miner.say(hand.rolledShare(0x00002000, 0x00002000)))
                .containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
    }

    @Test
    void refusesVersionBitsThatWereNotAgreedOn() {
        Stratum1Hand hand = begun();
        assertThat(miner.say(hand.submission("1", "00000000", "00002000")))
                .singleElement()
                .asString()
                .contains("\"error\":[20,");
    }

    @Test
    void sendsNoLowerDifficultyThanAMinerCanTake() {
        // Given
        miner.say("{\"id\":1,\"method\":\"mining.configure\",\"params\":[[\"minimum-difficulty\"],"
                + "{\"minimum-difficulty.value\":2048}]}");

        // When
        List<String> lines = miner.say(SUBSCRIBE);

        // Then
        assertThat(lines).contains("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[2048.0]}");
    }

    @Test
    void saysItsOtherWords() {
        // Given
        begun();

        // When
        scene.pool.push(new Push.Reconnect("127.0.0.1", 3334, 1));
        scene.pool.push(new Push.Reconnect("", 0, 0));
        scene.pool.push(new Push.ShowMessage("hello"));
        scene.pool.push(new Push.AskVersion());
        List<String> lines = miner.heard();

        // Then
        assertThat(lines)
                .containsExactly(
                        "{\"id\":null,\"method\":\"client.reconnect\",\"params\":[\"127.0.0.1\",3334,1]}",
                        "{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}",
                        "{\"id\":null,\"method\":\"client.show_message\",\"params\":[\"hello\"]}",
                        "{\"id\":1,\"method\":\"client.get_version\",\"params\":[]}");
        assertThat(miner.say("{\"id\":1,\"result\":\"agent/1.0\",\"error\":null}"))
                .isEmpty();
    }

    @Test
    void speaksWithTheQuirksItIsGiven() {
        // Given
        Scene odd = new Scene(Plan.ofSha256d(TRIVIAL)
                .with(Quirk.STRING_PORTS, Quirk.OBJECT_ERRORS, Quirk.PUSHES_FIRST, Quirk.STRING_IDS));
        Wiretap there = odd.miner();

        // When
        List<String> lines = there.say(SUBSCRIBE, "{\"id\":9,\"method\":\"unheard.of\",\"params\":[]}");
        odd.pool.push(new Push.Reconnect("127.0.0.1", 3334, 1));

        // Then
        assertThat(lines.get(0)).contains("mining.set_difficulty").contains("\"id\":null");
        assertThat(lines.get(2)).startsWith("{\"id\":\"2\",\"result\":[[[");
        assertThat(lines.get(3))
                .isEqualTo("{\"id\":\"9\",\"result\":null,\"error\":{\"code\":20,\"message\":\"Method not found\"}}");
        assertThat(there.heard()).singleElement().asString().contains("[\"127.0.0.1\",\"3334\",1]");
    }

    @Test
    void refusesWithoutAReasonWhereThatIsItsQuirk() {
        Scene odd = new Scene(Plan.ofSha256d(TRIVIAL).with(Quirk.BARE_REFUSALS));
        assertThat(odd.miner().say("{\"id\":4,\"method\":\"mining.submit\",\"params\":[]}"))
                .containsExactly("{\"id\":4,\"result\":false,\"error\":null}");
    }

    @Test
    void judgesScryptByItsOwnHashAndCountOfDifficulty() {
        // Given
        Scene litecoin = new Scene(Plan.of(ProofsOfWork.of("scrypt"), Dialect.STRATUM1, 1e-4));
        Wiretap there = litecoin.miner();
        Stratum1Hand hand = Stratum1Hand.of(ProofsOfWork.of("scrypt"), there.say(SUBSCRIBE, AUTHORIZE));

        // When
        List<String> right = there.say(hand.share(0));
        List<String> wrong = there.say(hand.submission(hand.job(), hand.missFrom(0), ""));

        // Then
        assertThat(right).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
        assertThat(wrong).singleElement().asString().contains("[23,");
        assertThat(litecoin.pool.counts().refusals(PoolError.LOW_DIFFICULTY)).isEqualTo(1);
    }

    @Test
    void endsAConnectionThatNeverSubscribesAfterAMinuteOfSilence() {
        // Given
        Wiretap talker = scene.miner();
        scene.pass(Duration.ofSeconds(40));
        talker.say("{\"id\":1,\"method\":\"mining.ping\",\"params\":[]}");

        // When
        scene.pass(Duration.ofSeconds(21));

        // Then
        assertThat(miner.ending()).contains(Wire.Ending.FINISHED);
        assertThat(talker.ending()).isEmpty();
        scene.pass(Duration.ofSeconds(60));
        assertThat(talker.ending()).contains(Wire.Ending.FINISHED);
    }

    @Test
    void endsASilentConnectionInTimeAlsoBesideOneThatMayBeSilentForLonger() {
        // Given
        Scene other = new Scene(Plan.of(ProofsOfWork.of("ethash").reduced(), Dialect.ETHEREUM2, TRIVIAL));
        Wiretap patient = other.miner();
        patient.say("{\"id\":0,\"method\":\"mining.hello\",\"params\":{\"proto\":\"EthereumStratum/2.0.0\"}}");
        other.pass(Duration.ofSeconds(61));

        // When
        Wiretap silent = other.miner();
        other.pass(Duration.ofSeconds(60));

        // Then
        assertThat(silent.ending()).contains(Wire.Ending.FINISHED);
        assertThat(patient.ending()).isEmpty();
    }

    @Test
    void saysTheSameToTheByteForTheSameSeed() {
        assertThat(visit(7)).isEqualTo(visit(7)).isNotEqualTo(visit(8));
    }

    private static String visit(long seed) {
        Scene scene = new Scene(Plan.ofSha256d(TRIVIAL).withSeed(seed).withJobEvery(Duration.ofSeconds(1)));
        Wiretap one = scene.miner();
        Wiretap other = scene.miner();
        Stratum1Hand hand = Stratum1Hand.of(ProofsOfWork.of("sha256d"), one.say(SUBSCRIBE, AUTHORIZE));
        scene.pass(Duration.ofSeconds(4));
        other.say(SUBSCRIBE, AUTHORIZE);
        hand.note(one.heard());
        scene.pass(Duration.ofSeconds(9));
        one.say(hand.share(0), hand.share(0));
        return one.transcript() + other.transcript();
    }

    private Stratum1Hand begun() {
        return Stratum1Hand.of(ProofsOfWork.of("sha256d"), miner.say(SUBSCRIBE, AUTHORIZE));
    }
}

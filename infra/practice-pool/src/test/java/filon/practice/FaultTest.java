package filon.practice;

import static filon.practice.Stratum1Hand.AUTHORIZE;
import static filon.practice.Stratum1Hand.PING;
import static filon.practice.Stratum1Hand.PONG;
import static filon.practice.Stratum1Hand.SUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import filon.mining.algorithm.ProofsOfWork;
import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.fault.Fault;
import filon.practice.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("a fault of the practice pool")
class FaultTest {
    private static final double TRIVIAL = 1e-9;

    private final Scene scene = new Scene(Plan.ofSha256d(TRIVIAL));
    private final Wiretap miner = scene.miner();

    private Stratum1Hand begun() {
        return Stratum1Hand.of(ProofsOfWork.of("sha256d"), miner.say(SUBSCRIBE, AUTHORIZE));
    }

    @Test
    void delayBringsEverythingLaterInItsOrder() {
        // Given
        scene.pool.inject(new Fault.Delay(Duration.ofMillis(300)));

        // When
        List<String> atOnce = miner.say(SUBSCRIBE, PING);
        scene.pass(Duration.ofMillis(299));
        List<String> early = miner.heard();
        scene.pass(Duration.ofMillis(1));

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(early).isEmpty();
        assertThat(miner.heard()).hasSize(4).last().isEqualTo(PONG);
    }

    @ParameterizedTest
    @CsvSource({"true, RESET", "false, FINISHED"})
    void disconnectEndsEveryConnectionAndRefusesNewOnesWhileItLasts(boolean reset, Wire.Ending ending) {
        // When
        scene.pool.inject(new Fault.Disconnect(reset), Duration.ofSeconds(2));
        Wiretap during = scene.miner();
        scene.pass(Duration.ofSeconds(2));
        Wiretap after = scene.miner();

        // Then
        assertThat(miner.ending()).contains(ending);
        assertThat(during.ending()).contains(ending);
        assertThat(after.say(PING)).containsExactly(PONG);
    }

    @Test
    void silenceReadsAndIgnoresAndSaysNothing() {
        // Given
        begun();

        // When
        scene.pool.inject(new Fault.Silence(), Duration.ofSeconds(1));
        scene.pool.newBlock();
        List<String> during = miner.say(PING);
        scene.pass(Duration.ofSeconds(1));

        // Then
        assertThat(during).isEmpty();
        assertThat(miner.isRead()).isTrue();
        assertThat(miner.ending()).isEmpty();
        assertThat(miner.say(PING)).as("what was said in between is gone").containsExactly(PONG);
    }

    @Test
    void stopReadingLeavesWhatIsSaidOnTheWire() {
        // When
        scene.pool.inject(new Fault.StopReading(), Duration.ofSeconds(1));
        List<String> during = miner.say(PING, PING);
        boolean read = miner.isRead();
        scene.pass(Duration.ofSeconds(1));

        // Then
        assertThat(during).isEmpty();
        assertThat(read).isFalse();
        assertThat(miner.heard()).containsExactly(PONG, PONG);
        assertThat(miner.isRead()).isTrue();
    }

    @Test
    void stopReadingHoldsNoMoreThanAWireDoes() {
        // Given
        scene.pool.inject(new Fault.StopReading());

        // When
        for (int i = 0; i < 10 && miner.ending().isEmpty(); i++) {
            miner.link().fromMiner(new byte[8_192]);
        }

        // Then
        assertThat(miner.ending()).contains(Wire.Ending.RESET);
    }

    @Test
    void garbageIsNoMessageOfAnyDialect() {
        // When
        scene.pool.inject(new Fault.Garbage(50));

        // Then
        List<String> lines = miner.heard();
        assertThat(lines.size()).isGreaterThanOrEqualTo(50);
        assertThat(lines).noneMatch(FaultTest::isMessage);
        assertThat(miner.say(PING)).containsExactly(PONG);
    }

    private static boolean isMessage(String line) {
        try {
            JsonNode json = new com.fasterxml.jackson.databind.ObjectMapper().readTree(line);
            return json.path("method").isTextual() || json.has("result");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return false;
        }
    }

    @Test
    void aHugeLineHasItsLengthAndIsNeverHeldWhole() {
        // Given
        long[] bytes = {0};
        int[] largest = {0};
        PracticePool pool = scene.pool;
        pool.connect(new Wire() {
            @Override
            public void toMiner(byte[] piece) {
                bytes[0] += piece.length;
                largest[0] = Math.max(largest[0], piece.length);
            }

            @Override
            public void closed(Ending ending) {}
        });

        // When
        miner.link().minerClosed();
        pool.inject(new Fault.HugeLine(300_000_000));

        // Then
        assertThat(bytes[0]).isEqualTo(300_000_000);
        assertThat(largest[0]).isLessThanOrEqualTo(8_192);
    }

    @Test
    void aHugeLineIsMadeOnlyAsFastAsItIsTaken() {
        // Given
        List<Iterator<byte[]>> taken = new ArrayList<>();
        scene.pool.connect(new Wire() {
            @Override
            public void toMiner(byte[] bytes) {}

            @Override
            public void toMiner(Iterator<byte[]> pieces) {
                taken.add(pieces);
            }

            @Override
            public void closed(Ending ending) {}
        });
        miner.link().minerClosed();

        // When
        scene.pool.inject(new Fault.HugeLine(1L << 40));

        // Then
        assertThat(taken).hasSize(1);
        assertThat(taken.getFirst().next()).asString().startsWith("{\"id\":null,\"method\":\"mining.notify\"");
    }

    @Test
    void dripSaysByteByByte() {
        // Given
        scene.pool.inject(new Fault.Drip(Duration.ofMillis(2)));

        // When
        miner.say(PING);
        scene.pass(Duration.ofMillis(2L * (PONG.length() - 1)));
        List<String> short1 = miner.heard();
        scene.pass(Duration.ofMillis(2));

        // Then
        assertThat(short1).isEmpty();
        assertThat(miner.heard()).containsExactly(PONG);
        assertThat(miner.pieces()).hasSize(PONG.length() + 1).containsOnly(1);
    }

    @Test
    void wrongIdsAreOnRepliesOnly() {
        // Given
        scene.pool.inject(new Fault.WrongIds());

        // When
        List<String> lines = miner.say(SUBSCRIBE);

        // Then
        assertThat(lines.get(0)).startsWith("{\"id\":8888888,\"result\":[[[");
        assertThat(lines.get(1)).startsWith("{\"id\":null,\"method\":\"mining.set_difficulty\"");
    }

    @Test
    void reorderSaysTheSameInAnotherOrder() {
        // Given
        scene.pool.inject(new Fault.Reorder(3));

        // When
        List<String> lines = miner.say(SUBSCRIBE);

        // Then
        assertThat(lines).hasSize(3).first().asString().contains("mining.notify");
        assertThat(lines).anyMatch(line -> line.startsWith("{\"id\":2,")).anyMatch(line -> line.contains("set_diff"));
    }

    @Test
    void reorderHoldsNothingBackForEver() {
        // Given
        scene.pool.inject(new Fault.Reorder(3));

        // When
        List<String> atOnce = miner.say(PING);
        scene.pass(Duration.ofMillis(200));

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(miner.heard()).containsExactly(PONG);
    }

    @Test
    void aDifficultyStormEndsAtTheUsualDifficulty() {
        // Given
        begun();

        // When
        scene.pool.inject(new Fault.DifficultyStorm(20), Duration.ofSeconds(2));
        scene.pass(Duration.ofSeconds(1));
        int half = miner.heard().size();
        scene.pass(Duration.ofSeconds(1));
        List<String> rest = miner.heard();

        // Then
        assertThat(half).isBetween(10, 11);
        assertThat(half + rest.size()).isEqualTo(20);
        assertThat(rest.getLast()).isEqualTo("{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1.0E-9]}");
    }

    @Test
    void anExtranonceChangeIsFollowedByAJob() {
        // Given
        miner.say("{\"id\":1,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}");
        Stratum1Hand hand = begun();
        String before = hand.extranonce1();

        // When
        scene.pool.inject(new Fault.ExtranonceChange(1));
        List<String> lines = miner.heard();
        hand.note(lines);

        // Then
        assertThat(lines).hasSize(2).first().asString().contains("mining.set_extranonce");
        assertThat(hand.extranonce1()).isNotEqualTo(before);
        assertThat(miner.say(hand.share(0))).containsExactly("{\"id\":4,\"result\":true,\"error\":null}");
    }

    @Test
    void aCleanStormIsSoManyCleanJobs() {
        // Given
        begun();

        // When
        scene.pool.inject(new Fault.CleanStorm(200), Duration.ofSeconds(2));
        scene.pass(Duration.ofSeconds(2));

        // Then
        assertThat(miner.heard()).hasSize(200).allMatch(line -> line.endsWith(",true]}"));
    }

    @Test
    void reconnectTellsEveryMinerAgainWhenItComesBack() {
        // Given
        begun();

        // When
        scene.pool.inject(new Fault.ReconnectLoop("", 0), Duration.ofSeconds(5));
        List<String> told = miner.heard();
        Wiretap back = scene.miner();
        List<String> toldAgain = back.say(SUBSCRIBE);
        scene.pass(Duration.ofSeconds(5));

        // Then
        String order = "{\"id\":null,\"method\":\"client.reconnect\",\"params\":[]}";
        assertThat(told).containsExactly(order);
        assertThat(toldAgain).last().isEqualTo(order);
        assertThat(scene.miner().say(SUBSCRIBE)).noneMatch(order::equals);
    }

    @Test
    void rejectAllRefusesWhatIsRight() {
        // Given
        Stratum1Hand hand = begun();

        // When
        scene.pool.inject(new Fault.RejectAll());

        // Then
        assertThat(miner.say(hand.share(0)))
                .containsExactly("{\"id\":4,\"result\":null,\"error\":[20,\"rejected\",null]}");
        assertThat(scene.pool.counts().refusals(PoolError.WILFUL)).isEqualTo(1);
        assertThat(scene.pool.receipts().getLast().verdict().solution().header())
                .hasSize(80);
    }

    @Test
    void noVerdictsJudgesAndSaysNothing() {
        // Given
        Stratum1Hand hand = begun();
        List<Receipt> told = new ArrayList<>();
        scene.pool.listen(told::add);

        // When
        scene.pool.inject(new Fault.NoVerdicts());
        List<String> lines = miner.say(hand.share(0), PING);

        // Then
        assertThat(lines).containsExactly(PONG);
        assertThat(told).singleElement().satisfies(receipt -> {
            assertThat(receipt.isAccepted()).isTrue();
            assertThat(receipt.answer()).isEqualTo(Receipt.Answer.LOST);
        });
        assertThat(scene.pool.counts().lost()).isEqualTo(1);
    }

    @Test
    void answerTwiceRepeatsRepliesAndNotPushes() {
        // Given
        scene.pool.inject(new Fault.AnswerTwice());

        // When
        List<String> lines = miner.say(SUBSCRIBE);

        // Then
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEqualTo(lines.get(0));
    }

    @Test
    void anAnswerThatTheEndOfAConnectionAteIsLost() {
        // Given
        Stratum1Hand hand = begun();
        scene.pool.inject(new Fault.Delay(Duration.ofSeconds(1)));

        // When
        miner.say(hand.share(0));
        Receipt.Answer waiting = scene.pool.receipts().getLast().answer();
        miner.link().minerClosed();

        // Then
        assertThat(waiting).isEqualTo(Receipt.Answer.PENDING);
        assertThat(scene.pool.receipts().getLast().answer()).isEqualTo(Receipt.Answer.LOST);
    }

    @Test
    void resetsAConnectionForWhichTooMuchWaits() {
        // Given
        scene.pool.inject(new Fault.Delay(Duration.ofMinutes(1)));

        // When
        for (int i = 0; i < 300; i++) {
            miner.say(PING);
        }

        // Then
        assertThat(miner.ending()).contains(Wire.Ending.RESET);
    }
}

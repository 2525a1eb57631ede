package filon.mining.pool.stratum2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.Target;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolJob;
import filon.mining.pool.PoolMovedException;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.Share;
import filon.mining.pool.ShareVerdict;
import filon.mining.pool.stratum2.message.ByteString;
import filon.mining.pool.stratum2.message.ChannelMessage;
import filon.mining.pool.stratum2.message.ConnectionMessage;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.JobMessage;
import filon.mining.pool.stratum2.message.Message;
import filon.mining.pool.stratum2.message.ShareMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Stratum2SessionTest {
    private static final long CHANNEL = 5;
    private static final long GROUP = 4;
    private static final long OTHER = 6;
    private static final long TIME = 1_700_000_000L;
    private static final long BITS = 0x1d00ffffL;
    private static final Target TARGET = Target.ofDifficulty(BigDecimal.ONE);
    private static final ConnectionMessage AGREED = new ConnectionMessage.SetupConnectionSuccess(2, 0);
    private static final ConnectionMessage AGREED_ON_FIXED_VERSIONS = new ConnectionMessage.SetupConnectionSuccess(
            2, ConnectionMessage.SetupConnectionSuccess.REQUIRES_FIXED_VERSION);

    private Stratum2Dialogue talk = new Stratum2Dialogue();

    private static ByteString hash(int filling) {
        return ByteString.ofHex(HexFormat.of().toHexDigits((byte) filling).repeat(32));
    }

    private static Message opened(long request) {
        return new ChannelMessage.OpenStandardMiningChannelSuccess(
                request, CHANNEL, TARGET, ByteString.ofHex("aa"), GROUP);
    }

    /** Waits for its previous hash; its merkle root is its number, 32 times. */
    private static Message future(int id) {
        return new JobMessage.NewMiningJob(CHANNEL, id, OptionalLong.empty(), 0x20000000L, hash(id));
    }

    private static Message immediate(int id, long minTime) {
        return new JobMessage.NewMiningJob(CHANNEL, id, OptionalLong.of(minTime), 0x20000000L, hash(id));
    }

    private static Message block(int jobId, int previous) {
        return new JobMessage.SetNewPrevHash(CHANNEL, jobId, hash(previous), TIME, BITS);
    }

    private static Message accepted(long upTo, long count) {
        return new ShareMessage.SubmitSharesSuccess(CHANNEL, upTo, count, count);
    }

    private static Message refused(long number, String code) {
        return new ShareMessage.SubmitSharesError(CHANNEL, number, code);
    }

    /** The channel is open. */
    private void ready() throws IOException {
        talk.shakeHands();
        talk.pool(AGREED, opened(1));
    }

    /** Job 1 is worked on. */
    private void mining() throws IOException {
        ready();
        talk.pool(future(1), block(1, 0xb1));
        talk.miner();
    }

    private Share submitted() {
        Share share = talk.share(talk.lastJob(), 9);
        talk.session().submit(share);
        return share;
    }

    private static String prefix(PoolJob job) {
        return HexFormat.of().formatHex(job.next().orElseThrow().work().header().prefix());
    }

    @Test
    void speaksAWholeConversation() throws IOException {
        talk.shakeHands();
        assertThat(talk.miner())
                .containsExactly(new ConnectionMessage.SetupConnection(
                        0, 2, 2, 1, "pool.example.com", 3336, "filon", "", "filon/0.1", ""));

        talk.pool(AGREED);
        assertThat(talk.miner())
                .containsExactly(new ChannelMessage.OpenStandardMiningChannel(1, "me", 1e9f, Target.EASIEST));

        talk.pool(opened(1), future(1));
        assertThat(talk.events()).singleElement().isInstanceOf(PoolEvent.Authorised.class);

        talk.pool(block(1, 0xb1));
        Share share = submitted();
        assertThat(talk.miner())
                .containsExactly(new ShareMessage.SubmitSharesStandard(CHANNEL, 1, 1, 9, TIME, 0x20000000L));
        assertThat(talk.events(PoolEvent.Sending.class)).containsExactly(new PoolEvent.Sending(share));

        talk.pool(accepted(1, 1));
        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Accepted());
        assertThat(talk.session().openShares()).isZero();
        assertThat(talk.said()).isEmpty();
    }

    @Test
    void buildsTheHeaderOfTheJobAndOfItsPreviousHash() throws IOException {
        mining();

        assertThat(prefix(talk.lastJob()))
                .isEqualTo("00000020" + "b1".repeat(32) + "01".repeat(32) + "00f15365" + "ffff001d");
    }

    @Test
    void beginsAJobThatWaitedWithoutAWordMore() throws IOException {
        mining();
        talk.pool(future(2), future(3));
        assertThat(talk.jobs()).hasSize(1);

        talk.pool(block(3, 0xb3));

        assertThat(talk.jobs()).hasSize(2);
        assertThat(talk.lastJob().id()).isEqualTo("3");
        assertThat(talk.lastJob().isClean()).isTrue();
        assertThat(prefix(talk.lastJob())).contains("b3".repeat(32) + "03".repeat(32));
        assertThat(talk.miner()).isEmpty();
    }

    @Test
    void beginsAJobAtOnceWhoseTimeIsGivenAndKeepsTheSharesOfTheOneBefore() throws IOException {
        mining();
        Share before = talk.share(talk.lastJob(), 9);

        talk.pool(immediate(2, TIME + 30));
        talk.session().submit(before);

        assertThat(talk.lastJob().isClean()).isFalse();
        assertThat(prefix(talk.lastJob())).contains("b1".repeat(32) + "02".repeat(32) + "1ef15365");
        assertThat(talk.miner()).singleElement().isInstanceOf(ShareMessage.SubmitSharesStandard.class);
    }

    @Test
    void sendsNoShareOfAJobFromBeforeTheBlock() throws IOException {
        mining();
        Share late = talk.share(talk.lastJob(), 9);
        talk.pool(future(2), block(2, 0xb2));

        talk.session().submit(late);

        assertThat(talk.miner()).isEmpty();
        assertThat(talk.verdicts())
                .singleElement()
                .isInstanceOfSatisfying(ShareVerdict.Stale.class, stale -> assertThat(stale.delay())
                        .isEqualTo(ShareVerdict.Delay.OURS));
    }

    @Test
    void hearsTheBlockOfItsGroup() throws IOException {
        mining();

        talk.pool(future(2), new JobMessage.SetNewPrevHash(GROUP, 2, hash(0xb2), TIME, BITS));

        assertThat(talk.lastJob().id()).isEqualTo("2");
    }

    @Test
    void keepsAJobWhoseTimeIsGivenUntilThereIsAPreviousHash() throws IOException {
        ready();
        talk.pool(immediate(1, TIME));
        assertThat(talk.jobs()).isEmpty();

        talk.pool(block(1, 0xb1));

        assertThat(talk.lastJob().id()).isEqualTo("1");
    }

    @Test
    void endsWhereAPreviousHashNamesAJobThatNeverCame() throws IOException {
        mining();
        talk.pool(future(2), block(2, 0xb2));

        assertThatThrownBy(() -> talk.pool(block(7, 0xb7)))
                .isInstanceOf(IOException.class)
                .hasMessage("the pool's new previous hash names job 7, which never came");
    }

    @Test
    void forgetsAtEachBlockTheJobsThatWaitedForIt() throws IOException {
        mining();
        talk.pool(future(2), future(3), block(2, 0xb2));

        assertThatThrownBy(() -> talk.pool(block(3, 0xb3))).hasMessageContaining("names job 3");
    }

    @Test
    void searchesNoHeaderTwiceWhereAJobIsAnnouncedAgain() throws IOException {
        mining();
        String first = prefix(talk.lastJob());

        talk.pool(block(1, 0xb1), immediate(1, TIME));

        assertThat(talk.jobs()).hasSize(3);
        assertThat(Stream.of(
                        first, prefix(talk.jobs().get(1)), prefix(talk.jobs().get(2))))
                .doesNotHaveDuplicates();
    }

    @Test
    void appliesATargetToJobsThatBeginLaterAlsoToThoseThatWaitAndNotToTheRunningOne() throws IOException {
        mining();
        Target harder = Target.ofDifficulty(BigDecimal.TEN);

        talk.pool(future(2), new JobMessage.SetTarget(CHANNEL, harder));
        assertThat(talk.jobs()).singleElement().extracting(PoolJob::target).isEqualTo(TARGET);
        assertThat(talk.share(talk.lastJob(), 9).target()).isEqualTo(TARGET);
        talk.pool(block(2, 0xb2));

        assertThat(talk.lastJob().target()).isEqualTo(harder);
    }

    @Test
    void appliesATargetOfItsGroup() throws IOException {
        mining();

        talk.pool(new JobMessage.SetTarget(GROUP, Target.EASIEST), immediate(2, TIME));

        assertThat(talk.lastJob().target()).isEqualTo(Target.EASIEST);
    }

    @Test
    void takesTheHardestAndTheEasiestTargetThereIs() throws IOException {
        ready();
        Target impossible = new Target(new byte[Target.LENGTH]);

        talk.pool(new JobMessage.SetTarget(CHANNEL, impossible), future(1), block(1, 0xb1));
        talk.pool(new JobMessage.SetTarget(CHANNEL, Target.EASIEST), immediate(2, TIME));

        assertThat(talk.jobs()).extracting(PoolJob::target).containsExactly(impossible, Target.EASIEST);
    }

    @Test
    void choosesVersionsWherePoolsAllowIt() throws IOException {
        mining();

        String first = prefix(talk.lastJob());
        String second = prefix(talk.lastJob());

        assertThat(first).startsWith("00000020");
        assertThat(second).startsWith("00200020").endsWith(first.substring(8));
    }

    @Test
    void keepsTheVersionWhereThePoolWantsIt() throws IOException {
        talk.shakeHands();
        talk.pool(AGREED_ON_FIXED_VERSIONS, opened(1), future(1), block(1, 0xb1));

        String first = prefix(talk.lastJob());
        String second = prefix(talk.lastJob());

        assertThat(first).startsWith("00000020").endsWith("00f15365" + "ffff001d");
        assertThat(second).startsWith("00000020").endsWith("01f15365" + "ffff001d");
    }

    @Test
    void takesOneAnswerForAllSharesUpToTheOneItNames() throws IOException {
        mining();
        for (int i = 0; i < 5; i++) {
            submitted();
        }
        assertThat(talk.miner())
                .extracting(message -> ((ShareMessage.SubmitSharesStandard) message).sequenceNumber())
                .containsExactly(1L, 2L, 3L, 4L, 5L);

        talk.pool(refused(2, "difficulty-too-low"), accepted(4, 3));

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Rejected(23, "difficulty-too-low"),
                        new ShareVerdict.Accepted(),
                        new ShareVerdict.Accepted(),
                        new ShareVerdict.Accepted());
        assertThat(talk.session().openShares()).isEqualTo(1);
        assertThat(talk.said()).isEmpty();
    }

    @Test
    void givesAShareOneVerdictHoweverOftenItIsAnswered() throws IOException {
        mining();
        submitted();

        talk.pool(refused(1, "stale-share"), accepted(1, 1), refused(1, "duplicate-share"), accepted(99, 99));

        assertThat(talk.verdicts()).singleElement().isInstanceOf(ShareVerdict.Stale.class);
    }

    @Test
    void takesNoMoreSharesForAcceptedThanThePoolCounts() throws IOException {
        mining();
        Share first = submitted();
        Share second = submitted();

        talk.pool(accepted(2, 1));

        assertThat(talk.events(PoolEvent.Judged.class))
                .singleElement()
                .extracting(PoolEvent.Judged::share)
                .isEqualTo(second);
        assertThat(talk.said()).containsExactly("acknowledges 1 of 2 shares");
        assertThat(talk.session().end()).containsExactly(first);
    }

    @Test
    void takesAnAnswerThatIsRepeatedForNoOtherShare() throws IOException {
        mining();
        submitted();
        submitted();

        talk.pool(accepted(2, 1), accepted(2, 1));

        assertThat(talk.verdicts()).hasSize(1);
        assertThat(talk.session().openShares()).isEqualTo(1);
        assertThat(talk.said()).last().isEqualTo("acknowledges 1 of 1 shares once more, which is ignored");
    }

    @Test
    void takesAnswersInAnyOrder() throws IOException {
        mining();
        for (int i = 0; i < 3; i++) {
            submitted();
        }

        talk.pool(accepted(3, 1), accepted(1, 1), refused(2, "duplicate-share"));

        assertThat(talk.verdicts())
                .containsExactly(
                        new ShareVerdict.Accepted(),
                        new ShareVerdict.Accepted(),
                        new ShareVerdict.Duplicate(22, "duplicate-share"));
    }

    @Test
    void takesAnAnswerThatNamesARefusedShareForTheAcceptedOnesBeforeIt() throws IOException {
        mining();
        submitted();
        submitted();

        talk.pool(refused(2, "difficulty-too-low"), accepted(2, 1));

        assertThat(talk.verdicts())
                .containsExactly(new ShareVerdict.Rejected(23, "difficulty-too-low"), new ShareVerdict.Accepted());
    }

    static Stream<Arguments> codes() {
        return Stream.of(
                Arguments.of("stale-share", new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 21, "stale-share")),
                Arguments.of("invalid-job-id", new ShareVerdict.Stale(ShareVerdict.Delay.POOL, 21, "invalid-job-id")),
                Arguments.of("duplicate-share", new ShareVerdict.Duplicate(22, "duplicate-share")),
                Arguments.of("difficulty-too-low", new ShareVerdict.Rejected(23, "difficulty-too-low")),
                Arguments.of("invalid-channel-id", new ShareVerdict.Rejected(25, "invalid-channel-id")),
                Arguments.of("bad-moon", new ShareVerdict.Rejected(20, "bad-moon")),
                Arguments.of("", new ShareVerdict.Rejected(20, "")));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void understandsEachCodeOfARefusal(String code, ShareVerdict verdict) throws IOException {
        mining();
        submitted();

        talk.pool(refused(1, code));

        assertThat(talk.verdicts()).containsExactly(verdict);
    }

    @Test
    void callsAShareLateOnItsWayWhereTheBlockCameMeanwhile() throws IOException {
        mining();
        submitted();

        talk.pool(future(2), block(2, 0xb2), refused(1, "stale-share"));

        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Stale(ShareVerdict.Delay.WAY, 21, "stale-share"));
    }

    @Test
    void waitsForABatchOfAnswersAsLongAsAPoolMayBeSilentAndThenCallsNoShareAccepted() throws IOException {
        mining();
        submitted();
        talk.later(Duration.ofSeconds(110));
        talk.pool(future(2));
        assertThat(talk.verdicts()).isEmpty();

        talk.later(Duration.ofSeconds(11));

        assertThat(talk.verdicts()).containsExactly(new ShareVerdict.Unanswered("no answer within 120 s"));
    }

    @Test
    void givesBackAtTheEndWhatHadNoAnswerAndSendsItInNoOtherSession() throws IOException {
        mining();
        Share first = submitted();
        Share second = submitted();

        assertThat(talk.session().identity()).isEmpty();
        assertThat(talk.session().end()).containsExactly(first, second);
        assertThat(talk.session().openShares()).isZero();
    }

    @Test
    void tellsItsRateWhenItIsKnownAndAgainWhenItIsAnotherButOnceAMinuteAtMost() throws IOException {
        mining();
        talk.later(Duration.ofSeconds(1));
        assertThat(talk.miner()).as("not known yet").isEmpty();

        talk.rate(4e9);
        talk.later(Duration.ofSeconds(1));
        assertThat(talk.miner()).containsExactly(new ChannelMessage.UpdateChannel(CHANNEL, 4e9f, Target.EASIEST));

        talk.rate(8e9);
        talk.later(Duration.ofSeconds(50));
        assertThat(talk.miner()).isEmpty();

        talk.later(Duration.ofSeconds(11));
        assertThat(talk.miner()).containsExactly(new ChannelMessage.UpdateChannel(CHANNEL, 8e9f, Target.EASIEST));
        talk.pool(future(2));

        talk.rate(8.1e9);
        talk.later(Duration.ofSeconds(60));
        assertThat(talk.miner()).as("hardly another").isEmpty();
    }

    @Test
    void tellsAQuietPoolItsRateAndThenGivesItUp() throws IOException {
        mining();
        talk.later(Duration.ofSeconds(61));
        assertThat(talk.miner()).containsExactly(new ChannelMessage.UpdateChannel(CHANNEL, 1e9f, Target.EASIEST));

        assertThatThrownBy(() -> talk.later(Duration.ofSeconds(60)))
                .isInstanceOf(IOException.class)
                .hasMessage("the pool was silent for 121 s");
    }

    @Test
    void asksNothingThatNeedNotBeAnswered() throws IOException {
        mining();

        assertThat(talk.session().probe()).isFalse();
        assertThat(talk.session().answersEachShare()).isFalse();
        assertThat(talk.miner()).isEmpty();
    }

    @Test
    void givesUpAPoolThatDoesNotShakeHands() throws IOException {
        talk.answer();

        assertThatThrownBy(() -> talk.later(Duration.ofSeconds(11))).hasMessageContaining("did not authorise");
    }

    @Test
    void givesUpAPoolThatOpensNoChannel() throws IOException {
        talk.shakeHands();
        talk.pool(AGREED);

        assertThatThrownBy(() -> talk.later(Duration.ofSeconds(11))).hasMessageContaining("did not authorise");
    }

    @Test
    void givesUpAPoolThatOpensAChannelWithoutAJob() throws IOException {
        ready();
        talk.pool(future(1));

        assertThatThrownBy(() -> talk.later(Duration.ofSeconds(31))).hasMessageContaining("no job within 30 s");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        new ConnectionMessage.SetupConnectionError(1, "unsupported-feature-flags"),
                        "the pool refuses the connection: unsupported-feature-flags, flags 1"),
                Arguments.of(
                        new ConnectionMessage.SetupConnectionError(0, "unsupported-protocol"),
                        "the pool refuses the connection: unsupported-protocol"),
                Arguments.of(
                        new ConnectionMessage.SetupConnectionSuccess(3, 0),
                        "the pool chose version 3 of Stratum; we speak 2"),
                Arguments.of(
                        new ConnectionMessage.SetupConnectionSuccess(
                                2, ConnectionMessage.SetupConnectionSuccess.REQUIRES_EXTENDED_CHANNELS),
                        "the pool wants extended channels; we speak standard ones"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void endsWhereThePoolWantsAnotherConnection(Message answer, String reason) throws IOException {
        talk.shakeHands();

        assertThatThrownBy(() -> talk.pool(answer))
                .isInstanceOf(IOException.class)
                .hasMessage(reason);
    }

    @Test
    void endsWhereThePoolDoesNotKnowTheUserAndDoesNotTellThePassword() throws IOException {
        talk.shakeHands();
        talk.pool(AGREED);

        assertThatThrownBy(() -> talk.pool(new ChannelMessage.OpenMiningChannelError(1, "unknown-user")))
                .isInstanceOf(IOException.class)
                .hasMessage("the pool refuses user me: unknown-user");
    }

    @Test
    void suggestsADifficultyAndDoesWithoutWhereThePoolDoesNotTakeIt() throws IOException {
        talk = new Stratum2Dialogue(OptionalDouble.of(16), UnaryOperator.identity());
        talk.shakeHands();
        talk.pool(AGREED);
        talk.miner();

        talk.pool(new ChannelMessage.OpenMiningChannelError(1, "max-target-out-of-range"), opened(1), opened(2));

        assertThat(talk.miner())
                .containsExactly(new ChannelMessage.OpenStandardMiningChannel(2, "me", 1e9f, Target.EASIEST));
        assertThat(talk.events(PoolEvent.Authorised.class)).hasSize(1);
    }

    @Test
    void opensAChannelForTheDifficultyThatIsSuggested() throws IOException {
        talk = new Stratum2Dialogue(OptionalDouble.of(16), UnaryOperator.identity());
        talk.shakeHands();
        talk.miner();

        talk.pool(AGREED);

        assertThat(talk.miner())
                .containsExactly(new ChannelMessage.OpenStandardMiningChannel(
                        1, "me", 1e9f, Target.ofDifficulty(BigDecimal.valueOf(16))));
    }

    @Test
    void followsAReconnectToTheSameHostWithTheSameKey() throws IOException {
        mining();

        assertThatThrownBy(() -> talk.pool(new ConnectionMessage.Reconnect("POOL.example.com", 4444)))
                .isInstanceOfSatisfying(PoolMovedException.class, moved -> assertThat(moved.address())
                        .isEqualTo(talk.address(4444)));
        assertThatThrownBy(() -> talk.pool(new ConnectionMessage.Reconnect("", 0)))
                .isInstanceOfSatisfying(PoolMovedException.class, moved -> assertThat(moved.address())
                        .isEqualTo(talk.address(3336)));
    }

    @Test
    void followsNoReconnectToAStrangeHostOrToNone() throws IOException {
        talk = new Stratum2Dialogue(
                OptionalDouble.empty(),
                order -> new PoolOrder(order.pool(), order.trust(), 0, "", List.of("*.example.com")));
        mining();

        talk.pool(
                new ConnectionMessage.Reconnect("evil.example.org", 1),
                new ConnectionMessage.Reconnect("a b.example.com", 1));

        assertThat(talk.said())
                .containsExactly(
                        "ignored Reconnect to another host: evil.example.org",
                        "ignored Reconnect: pool host a b.example.com is not a host name or an address");
    }

    @Test
    void endsWhenItsChannelOrItsGroupIsClosedAndNotWithAnother() throws IOException {
        mining();
        talk.pool(new ChannelMessage.CloseChannel(OTHER, "of no use"));

        assertThatThrownBy(() -> talk.pool(new ChannelMessage.CloseChannel(CHANNEL, "maintenance")))
                .hasMessage("the pool closed the channel: maintenance");
        assertThatThrownBy(() -> talk.pool(new ChannelMessage.CloseChannel(GROUP, "maintenance")))
                .hasMessage("the pool closed the channel: maintenance");
    }

    @Test
    void ignoresWhatIsForAnotherChannel() throws IOException {
        mining();
        submitted();

        talk.pool(
                new JobMessage.NewMiningJob(OTHER, 2, OptionalLong.of(TIME), 0, hash(2)),
                new JobMessage.NewMiningJob(GROUP, 2, OptionalLong.of(TIME), 0, hash(2)),
                new JobMessage.SetNewPrevHash(OTHER, 1, hash(2), TIME, BITS),
                new JobMessage.SetTarget(OTHER, Target.EASIEST),
                new ShareMessage.SubmitSharesSuccess(OTHER, 1, 1, 1),
                new ShareMessage.SubmitSharesError(OTHER, 1, "stale-share"));

        assertThat(talk.jobs()).hasSize(1);
        assertThat(talk.verdicts()).isEmpty();
        assertThat(talk.said()).hasSize(6).allMatch(text -> text.contains("which is not ours"));
    }

    @Test
    void ignoresWhatComesOutOfTurn() throws IOException {
        talk.shakeHands();
        talk.pool(
                opened(1), future(1), block(1, 0xb1), accepted(1, 1), AGREED, AGREED, opened(9), opened(1), opened(1));
        talk.pool(
                new ConnectionMessage.SetupConnection(0, 2, 2, 0, "h", 1, "", "", "", ""),
                new ChannelMessage.OpenStandardMiningChannel(1, "you", 1, TARGET),
                new ChannelMessage.UpdateChannel(CHANNEL, 1, TARGET),
                new ShareMessage.SubmitSharesStandard(CHANNEL, 1, 1, 1, 1, 1),
                new ChannelMessage.OpenMiningChannelError(1, "unknown-user"));

        assertThat(talk.events(PoolEvent.Authorised.class)).hasSize(1);
        assertThat(talk.jobs()).isEmpty();
        assertThat(talk.said()).hasSize(12).allMatch(text -> text.startsWith("ignored "));
        assertThat(talk.said()).first().isEqualTo("ignored OpenStandardMiningChannelSuccess, which came out of turn");
    }

    @Test
    void ignoresWhatItDoesNotKnowAndWhatDoesNotConcernAStandardChannel() throws IOException {
        mining();

        talk.pool(
                new Message.Unknown(new Frame(0, false, 0x7f, hash(1))),
                new Message.Unknown(new Frame(9, true, 0x15, hash(1))),
                new ConnectionMessage.ChannelEndpointChanged(CHANNEL),
                new ChannelMessage.SetExtranoncePrefix(CHANNEL, ByteString.ofHex("bb")),
                new ChannelMessage.UpdateChannelError(CHANNEL, "invalid-nominal-hashrate"));

        assertThat(talk.jobs()).hasSize(1);
        assertThat(talk.said())
                .containsExactly(
                        "ignored a message of type 0x7f",
                        "ignored a message of type 0x15",
                        "keeps the channel as it was: invalid-nominal-hashrate");
    }
}

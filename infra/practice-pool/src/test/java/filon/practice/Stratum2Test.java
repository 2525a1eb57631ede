package filon.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.pool.stratum2.message.ByteString;
import filon.mining.pool.stratum2.message.ChannelMessage;
import filon.mining.pool.stratum2.message.ChannelMessage.OpenStandardMiningChannelSuccess;
import filon.mining.pool.stratum2.message.ConnectionMessage;
import filon.mining.pool.stratum2.message.ConnectionMessage.SetupConnection;
import filon.mining.pool.stratum2.message.Frame;
import filon.mining.pool.stratum2.message.JobMessage.NewMiningJob;
import filon.mining.pool.stratum2.message.JobMessage.SetNewPrevHash;
import filon.mining.pool.stratum2.message.JobMessage.SetTarget;
import filon.mining.pool.stratum2.message.Message;
import filon.mining.pool.stratum2.message.ShareMessage.SubmitSharesError;
import filon.mining.pool.stratum2.message.ShareMessage.SubmitSharesStandard;
import filon.mining.pool.stratum2.message.ShareMessage.SubmitSharesSuccess;
import filon.practice.book.PoolError;
import filon.practice.book.Receipt;
import filon.practice.dialect.Dialect;
import filon.practice.dialect.Push;
import filon.practice.dialect.Quirk;
import filon.practice.fault.Fault;
import filon.practice.wire.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("a pool of Stratum V2")
class Stratum2Test {
    /** About four hashes for a share. */
    private static final double TRIVIAL = 1e-9;

    private static final int TRIES = 4_096;
    private static final Plan PLAN = Plan.of(ProofsOfWork.of("sha256d"), Dialect.STRATUM2, TRIVIAL);

    private Scene scene = new Scene(PLAN);
    private Stratum2Hand miner = new Stratum2Hand(scene);
    private long sequenceNumber;

    /** What a miner was told of a job. */
    private record Work(long channel, NewMiningJob job, SetNewPrevHash block, Target target) {
        byte[] header(long nonce) {
            return ByteBuffer.allocate(80)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) job.version())
                    .put(block.previousHash().bytes())
                    .put(job.merkleRoot().bytes())
                    .putInt((int) time())
                    .putInt((int) block.bits())
                    .putInt((int) nonce)
                    .array();
        }

        long time() {
            return job.minTime().orElse(block.minTime());
        }

        /** A nonce from here on that counts, or one that does not. */
        long nonce(long from, boolean hit) {
            for (long nonce = from; nonce < from + TRIES; nonce++) {
                if ((Sha256d.number(Sha256d.hash(header(nonce))).compareTo(target.number()) <= 0) == hit) {
                    return nonce;
                }
            }
            throw new AssertionError("no nonce among " + TRIES);
        }
    }

    private static SetupConnection setup(int protocol, int version, long flags) {
        return new SetupConnection(protocol, version, version, flags, "pool.example.org", 3336, "v", "", "f", "");
    }

    private static Message open(String user, Target easiest) {
        return new ChannelMessage.OpenStandardMiningChannel(7, user, 1e9f, easiest);
    }

    private void with(Plan plan) {
        scene = new Scene(plan);
        miner = new Stratum2Hand(scene);
    }

    /** The miner has a channel and its first job. */
    private Work mining() {
        return work(miner.say(setup(0, 2, 1), open("rig", Target.EASIEST)));
    }

    /** Of the answers to the opening of a channel. */
    private static Work work(List<Message> opening) {
        OpenStandardMiningChannelSuccess success = (OpenStandardMiningChannelSuccess) opening.get(1);
        return new Work(
                success.channelId(), (NewMiningJob) opening.get(2), (SetNewPrevHash) opening.get(3), success.target());
    }

    private SubmitSharesStandard share(Work work, long nonce) {
        sequenceNumber++;
        return new SubmitSharesStandard(
                work.channel(),
                sequenceNumber,
                work.job().jobId(),
                nonce,
                work.time(),
                work.job().version());
    }

    private static Message accepted(Work work, long upTo, long count) {
        return new SubmitSharesSuccess(work.channel(), upTo, count, 0);
    }

    private static Message refused(SubmitSharesStandard share, String code) {
        return new SubmitSharesError(share.channelId(), share.sequenceNumber(), code);
    }

    @Test
    void opensAChannelAndGivesTheNextBlocksJobInAdvance() {
        // When
        List<Message> said = miner.say(setup(0, 2, 1), open("rig", Target.EASIEST));

        // Then
        assertThat(said).hasSize(5);
        assertThat(said.get(0)).isEqualTo(new ConnectionMessage.SetupConnectionSuccess(2, 0));
        OpenStandardMiningChannelSuccess opened = (OpenStandardMiningChannelSuccess) said.get(1);
        assertThat(opened.requestId()).isEqualTo(7);
        assertThat(opened.extranoncePrefix().length()).isEqualTo(8);
        NewMiningJob first = (NewMiningJob) said.get(2);
        assertThat(first.minTime()).isEmpty();
        SetNewPrevHash block = (SetNewPrevHash) said.get(3);
        assertThat(block.channelId()).isEqualTo(opened.groupChannelId());
        assertThat(block.jobId()).isEqualTo(first.jobId());
        NewMiningJob ahead = (NewMiningJob) said.get(4);
        assertThat(ahead.minTime()).isEmpty();
        assertThat(ahead.jobId()).isNotEqualTo(first.jobId());
    }

    @Test
    void beginsANewBlockWithTheJobThatMinersHaveAlready() {
        // Given
        List<Message> opening = miner.say(setup(0, 2, 1), open("rig", Target.EASIEST));
        NewMiningJob ahead = (NewMiningJob) opening.get(4);

        // When
        scene.pool.newBlock();
        List<Message> said = miner.heard();

        // Then
        assertThat(said).hasSize(2);
        SetNewPrevHash block = (SetNewPrevHash) said.getFirst();
        assertThat(block.jobId()).isEqualTo(ahead.jobId());
        assertThat(said.getLast()).isInstanceOf(NewMiningJob.class);
        Work work = new Work(ahead.channelId(), ahead, block, work(opening).target());
        assertThat(miner.say(share(work, work.nonce(0, true)))).containsExactly(accepted(work, 1, 1));
    }

    @Test
    void refreshesAJobOnTheSameBlockAtOnce() {
        // Given
        Work before = mining();
        scene.pass(Duration.ofSeconds(30));

        // When
        scene.pool.refreshJob();
        List<Message> said = miner.heard();

        // Then
        NewMiningJob job = (NewMiningJob) said.getFirst();
        assertThat(said).hasSize(1);
        assertThat(job.minTime()).hasValue(before.time() + 30);
        Work work = new Work(before.channel(), job, before.block(), before.target());
        assertThat(miner.say(share(before, before.nonce(0, true)), share(work, work.nonce(0, true))))
                .containsExactly(accepted(work, 1, 1), accepted(work, 2, 1));
    }

    @Test
    void hashesEachShareAndWritesAReceipt() {
        // Given
        Work work = mining();
        long nonce = work.nonce(0, true);

        // When
        List<Message> said = miner.say(share(work, nonce));

        // Then
        assertThat(said).containsExactly(accepted(work, 1, 1));
        assertThat(scene.pool.receipts()).singleElement().satisfies(receipt -> {
            assertThat(receipt.worker()).isEqualTo("rig");
            assertThat(receipt.isAccepted()).isTrue();
            assertThat(receipt.answer()).isEqualTo(Receipt.Answer.SENT);
            assertThat(receipt.verdict().solution().header()).isEqualTo(work.header(nonce));
        });
    }

    @Test
    void refusesEachKindOfWrongShareWithItsCode() {
        // Given
        Work work = mining();
        SubmitSharesStandard good = share(work, work.nonce(0, true));
        SubmitSharesStandard again = share(work, good.nonce());
        SubmitSharesStandard easy = share(work, work.nonce(0, false));
        SubmitSharesStandard strange = new SubmitSharesStandard(work.channel(), 4, 999, 0, work.time(), 0x20000000L);
        SubmitSharesStandard elsewhere =
                new SubmitSharesStandard(999, 5, work.job().jobId(), 0, work.time(), 0);
        SubmitSharesStandard version =
                new SubmitSharesStandard(work.channel(), 6, work.job().jobId(), 0, work.time(), 0x60000000L);
        SubmitSharesStandard early =
                new SubmitSharesStandard(work.channel(), 7, work.job().jobId(), 0, work.time() - 1, 0x20000000L);
        SubmitSharesStandard ahead =
                new SubmitSharesStandard(work.channel(), 8, work.job().jobId(), 0, work.time() + 7_201, 0x20000000L);

        // When
        List<Message> said = miner.say(good, again, easy, strange, elsewhere, version, early, ahead);

        // Then
        assertThat(said)
                .containsExactly(
                        accepted(work, 1, 1),
                        refused(again, "duplicate-share"),
                        refused(easy, "difficulty-too-low"),
                        refused(strange, "invalid-job-id"),
                        refused(elsewhere, "invalid-channel-id"),
                        refused(version, "invalid-version"),
                        refused(early, "invalid-ntime"),
                        refused(ahead, "invalid-ntime"));
        assertThat(scene.pool.counts().accepted()).isEqualTo(1);
        assertThat(scene.pool.counts().refusals()).isEqualTo(7);
    }

    @Test
    void callsASharesJobStaleAfterANewBlock() {
        // Given
        Work work = mining();
        scene.pool.newBlock();
        miner.heard();
        SubmitSharesStandard late = share(work, work.nonce(0, true));

        // When
        List<Message> said = miner.say(late);

        // Then
        assertThat(said).containsExactly(refused(late, "stale-share"));
        assertThat(scene.pool.counts().refusals(PoolError.STALE)).isEqualTo(1);
    }

    @Test
    void takesRolledVersionsAndTimes() {
        // Given
        Work work = mining();
        NewMiningJob job = work.job();
        NewMiningJob rolled = new NewMiningJob(
                job.channelId(),
                job.jobId(),
                java.util.OptionalLong.of(work.time() + 60),
                job.version() | 0x1fffe000L,
                job.merkleRoot());
        Work other = new Work(work.channel(), rolled, work.block(), work.target());

        // When
        List<Message> said = miner.say(share(other, other.nonce(0, true)));

        // Then
        assertThat(said).containsExactly(accepted(work, 1, 1));
    }

    @Test
    void refusesRolledVersionsWhereTheyAreFixed() {
        // Given
        with(PLAN.with(Quirk.FIXED_VERSIONS));
        List<Message> opening = miner.say(setup(0, 2, 1), open("rig", Target.EASIEST));
        Work work = work(opening);
        SubmitSharesStandard rolled =
                new SubmitSharesStandard(work.channel(), 1, work.job().jobId(), 0, work.time(), 0x20002000L);

        // When
        List<Message> said = miner.say(rolled);

        // Then
        assertThat(opening.getFirst()).isEqualTo(new ConnectionMessage.SetupConnectionSuccess(2, 1));
        assertThat(said).containsExactly(refused(rolled, "invalid-version"));
    }

    @Test
    void acknowledgesFourAtATimeAndTheRestBeforeARefusalOrAJob() {
        // Given
        with(PLAN.with(Quirk.BATCHED_ANSWERS));
        Work work = mining();
        long nonce = -1;

        // When
        for (int i = 0; i < 7; i++) {
            nonce = work.nonce(nonce + 1, true);
            miner.link().fromMiner(miner.sealed(share(work, nonce)));
        }
        SubmitSharesStandard again = share(work, nonce);
        List<Message> said = miner.say(again);
        miner.say(share(work, work.nonce(nonce + 1, true)));
        scene.pool.refreshJob();

        // Then
        assertThat(said).containsExactly(accepted(work, 4, 4), accepted(work, 7, 3), refused(again, "duplicate-share"));
        assertThat(miner.heard()).first().isEqualTo(accepted(work, 9, 1));
        assertThat(scene.pool.receipts()).hasSize(9).allMatch(each -> each.answer() == Receipt.Answer.SENT);
    }

    @Test
    void countsATargetForWhatFollowsAndForTheJobThatWaits() {
        // Given
        List<Message> opening = miner.say(setup(0, 2, 1), open("rig", Target.EASIEST));
        Work work = work(opening);
        NewMiningJob ahead = (NewMiningJob) opening.get(4);

        // When
        scene.pool.setDifficulty(1e9);
        List<Message> said = miner.heard();
        Message running = miner.say(share(work, work.nonce(0, true))).getFirst();
        scene.pool.newBlock();
        Work next =
                new Work(work.channel(), ahead, (SetNewPrevHash) miner.heard().getFirst(), work.target());
        SubmitSharesStandard easy = share(next, next.nonce(0, true));

        // Then
        assertThat(said).singleElement().isInstanceOf(SetTarget.class);
        assertThat(running).isEqualTo(accepted(work, 1, 1));
        assertThat(miner.say(easy)).containsExactly(refused(easy, "difficulty-too-low"));
    }

    @Test
    void givesNoEasierTargetThanAMinerWants() {
        // Given
        Target hard = Target.ofHex("ffff");

        // When
        List<Message> opening = miner.say(setup(0, 2, 1), open("rig", hard));
        Work work = work(opening);
        List<Message> updated = miner.say(new ChannelMessage.UpdateChannel(work.channel(), 1, Target.EASIEST));

        // Then
        assertThat(work.target()).isEqualTo(hard);
        assertThat(updated).singleElement().isInstanceOfSatisfying(SetTarget.class, set -> assertThat(
                        set.maximumTarget())
                .isGreaterThan(hard));
        assertThat(miner.say(new ChannelMessage.UpdateChannel(999, 1, hard)))
                .containsExactly(new ChannelMessage.UpdateChannelError(999, "invalid-channel-id"));
    }

    @Test
    void givesAnotherExtranonceToTheJobsThatFollow() {
        // Given
        Work before = mining();

        // When
        scene.pool.push(new Push.Extranonce(0, false));
        scene.pool.refreshJob();
        List<Message> said = miner.heard();
        Work work = new Work(before.channel(), (NewMiningJob) said.getLast(), before.block(), before.target());

        // Then
        assertThat(said.getFirst()).isInstanceOf(ChannelMessage.SetExtranoncePrefix.class);
        assertThat(miner.say(share(work, work.nonce(0, true)), share(before, before.nonce(0, true))))
                .containsExactly(accepted(work, 1, 1), accepted(work, 2, 1));
    }

    @Test
    void sendsItsMinersElsewhere() {
        mining();

        scene.pool.push(new Push.Reconnect("other.example.org", 4_444, 0));

        assertThat(miner.heard()).containsExactly(new ConnectionMessage.Reconnect("other.example.org", 4_444));
    }

    static Stream<Arguments> refusedSetups() {
        return Stream.of(
                Arguments.of(setup(1, 2, 0), 0, "unsupported-protocol"),
                Arguments.of(setup(0, 1, 0), 0, "protocol-version-mismatch"),
                Arguments.of(setup(0, 3, 0), 0, "protocol-version-mismatch"),
                Arguments.of(setup(0, 2, 3), 2, "unsupported-feature-flags"));
    }

    @ParameterizedTest
    @MethodSource("refusedSetups")
    void refusesAConnectionThatItCannotServe(SetupConnection setup, long flags, String code) {
        assertThat(miner.say(setup)).containsExactly(new ConnectionMessage.SetupConnectionError(flags, code));
        assertThat(miner.ending()).contains(Wire.Ending.FINISHED);
    }

    @Test
    void opensOneChannelForUsersThatItKnows() {
        List<Message> said = miner.say(
                setup(0, 2, 1),
                open("refused", Target.EASIEST),
                open("rig", Target.EASIEST),
                open("rig", Target.EASIEST));

        assertThat(said)
                .contains(
                        new ChannelMessage.OpenMiningChannelError(7, "unknown-user"),
                        new ChannelMessage.OpenMiningChannelError(7, "channel-already-open"))
                .hasSize(7);
    }

    static Stream<Message> notForAMinerToSay() {
        return Stream.of(
                new ConnectionMessage.SetupConnectionSuccess(2, 0),
                new ChannelMessage.SetExtranoncePrefix(1, new ByteString(new byte[1])),
                new SetTarget(1, Target.EASIEST),
                new SubmitSharesError(1, 1, "no"),
                new SubmitSharesStandard(1, 1, 1, 1, 1, 1),
                open("rig", Target.EASIEST));
    }

    @ParameterizedTest
    @MethodSource("notForAMinerToSay")
    void endsAConnectionThatSpeaksOutOfTurn(Message message) {
        assertThat(miner.say(message)).isEmpty();
        assertThat(miner.ending()).contains(Wire.Ending.FINISHED);
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        assertThat(miner.say(new Message.Unknown(new Frame(0, false, 0x7f, new ByteString(new byte[9])))))
                .isEmpty();
        assertThat(miner.ending()).isEmpty();
    }

    @Test
    void endsAConnectionWhoseBytesAreAltered() {
        // Given
        byte[] altered = miner.sealed(setup(0, 2, 1));
        altered[3] ^= 1;

        // When
        miner.link().fromMiner(altered);

        // Then
        assertThat(miner.ending()).contains(Wire.Ending.FINISHED);
        assertThat(scene.reports).last().asString().contains("not authentic");
    }

    @Test
    void outlivesMinersThatSayAnything() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            Stratum2Hand hostile = new Stratum2Hand(scene);
            byte[] payload = new byte[random.nextInt(100)];
            random.nextBytes(payload);
            hostile.say(
                    setup(0, 2, 1),
                    open("rig", Target.EASIEST),
                    new Message.Unknown(
                            new Frame(0, random.nextBoolean(), random.nextInt(0x22), new ByteString(payload))));
            hostile.link().fromMiner(payload);
            assertThat(hostile.unreadable()).as("seed %d", seed).isEmpty();
            hostile.link().minerClosed();
        }

        assertThat(mining().job()).isNotNull();
    }

    static Stream<Fault> faultsThatBreakNoEncryption() {
        return Stream.of(
                new Fault.Drip(Duration.ofMillis(1)),
                new Fault.Delay(Duration.ofMillis(300)),
                new Fault.WrongIds(),
                new Fault.AnswerTwice(),
                new Fault.NoVerdicts(),
                new Fault.Reorder(3),
                new Fault.Silence());
    }

    @ParameterizedTest
    @MethodSource("faultsThatBreakNoEncryption")
    void canBeReadWhateverFaultTouchesItsMessages(Fault fault) {
        // Given
        Work work = mining();
        scene.pool.inject(fault, Duration.ofSeconds(5));

        // When
        miner.say(share(work, work.nonce(0, true)), share(work, work.nonce(0, false)));
        scene.pool.newBlock();
        scene.pass(Duration.ofSeconds(6));
        scene.pool.refreshJob();
        scene.pass(Duration.ofSeconds(6));

        // Then
        assertThat(miner.unreadable()).isEmpty();
        assertThat(miner.heard()).last().isInstanceOf(NewMiningJob.class);
    }

    @Test
    void sendsGarbageAndHugeLinesBesidesItsEncryptionWhichEndsThere() {
        mining();

        scene.pool.inject(new Fault.Garbage(3));
        scene.pool.refreshJob();

        assertThat(miner.unreadable()).isPresent();
    }

    @Test
    void isKnownByTheKeyOfItsSeed() {
        assertThat(new Scene(PLAN).pool.key()).isEqualTo(scene.pool.key());
        assertThat(new Scene(PLAN.withSeed(2)).pool.key()).isNotEqualTo(scene.pool.key());
    }

    @Test
    void tellsItsKeyInItsAddress() throws IOException {
        try (PracticeServer server = PracticeServer.started(PLAN)) {
            assertThat(PoolAddress.of(server.url()).authorityKey()).isEqualTo(scene.pool.key());
        }
    }

    @Test
    void isNoPoolOfScrypt() {
        assertThatThrownBy(() -> Plan.of(ProofsOfWork.of("scrypt"), Dialect.STRATUM2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pools of scrypt do not speak stratum2");
    }
}

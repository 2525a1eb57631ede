package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.Batch;
import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.opencl.OutOfDeviceMemoryException;
import filon.mining.pool.Share;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SearchLoopTest {
    private static final Target HARD = Target.ofHex("01");

    private final ProofOfWork sha256d = ProofsOfWork.of("sha256d");
    private final AtomicLong now = new AtomicLong();
    private final Tally tally = new Tally();
    private final List<String> refusals = new ArrayList<>();
    private final JobBoard board = new JobBoard((job, why) -> refusals.add(job.id() + ": " + why));
    private final List<Share> shares = new ArrayList<>();
    private SearchLoop loop;
    private long leftOutOfEach;
    private int refusedSerial;
    private RuntimeException refusal = new IllegalArgumentException("refused");

    /** A device that takes 100 ms per batch and says of each batch what it is told to say. */
    private final class ScriptedDevice implements Searcher {
        private final List<NonceRange> searched = new ArrayList<>();
        private final List<Work> works = new ArrayList<>();
        private final Consumer<Integer> afterBatch;
        private final List<Long> hits;
        private int queued;
        private int queuedMax;
        private int done;

        ScriptedDevice(List<Long> hits, Consumer<Integer> afterBatch) {
            this.hits = hits;
            this.afterBatch = afterBatch;
        }

        @Override
        public Batch submit(Work work, NonceRange range) {
            if (work.serial() == refusedSerial) {
                throw refusal;
            }
            searched.add(range);
            works.add(work);
            queuedMax = Math.max(queuedMax, ++queued);
            return () -> {
                queued--;
                done++;
                now.addAndGet(100_000_000);
                afterBatch.accept(done);
                return new BatchResult(
                        range, hits.stream().filter(range::contains).toList(), 0, leftOutOfEach, 0, 100_000_000);
            };
        }

        @Override
        public void giveUpBelow(int serial) {}

        @Override
        public int granularity() {
            return 1_024;
        }

        @Override
        public long batchLengthMax() {
            return 1 << 20;
        }

        @Override
        public void close() {}
    }

    /** Each of its works differs in one byte. */
    private GivenJob endlessJob(String id, Target target) {
        return GivenJob.of(id, target, NonceSpace.ofBits(Integer.SIZE), drawn -> {
            byte[] prefix = sha256d.knownAnswers().getFirst().header().prefix();
            prefix[75] ^= (byte) drawn;
            return Optional.of(Header.of(prefix));
        });
    }

    private void run(ScriptedDevice device) {
        run(device, new StateBook(tally, now::get));
    }

    private void run(ScriptedDevice device, StateBook states) {
        ProvedSearcher proved = new ProvedSearcher(sha256d, device, new SplittableRandom(1), Optional.of(""));
        SearchLoop.Books books = new SearchLoop.Books(states, tally, now::get);
        loop = new SearchLoop(proved, board, books, shares::add, Duration.ofMillis(100));
        loop.run();
    }

    @Test
    void keepsTheQueueFullAndCountsEveryNonceOfIt() {
        board.put(endlessJob("a", HARD));
        ScriptedDevice device = new ScriptedDevice(List.of(), done -> stopAt(done, 10));

        run(device);

        assertThat(device.queuedMax).isEqualTo(Searcher.QUEUE_DEPTH);
        assertThat(tally.hashes())
                .isEqualTo(device.searched.stream().mapToLong(NonceRange::count).sum());
    }

    @Test
    void countsADevicesWrongHitAndDoesNotSubmitIt() {
        board.put(endlessJob("a", HARD));
        ScriptedDevice device = new ScriptedDevice(List.of(7L), done -> stopAt(done, 3));

        run(device);

        assertThat(tally.hardwareErrors()).isEqualTo(1);
        assertThat(shares).isEmpty();
    }

    @Test
    void submitsAHitThatTheReferenceConfirms() {
        board.put(endlessJob("a", Target.EASIEST));
        ScriptedDevice device = new ScriptedDevice(List.of(7L), done -> stopAt(done, 1));

        run(device);

        assertThat(shares).hasSize(1);
        assertThat(shares.getFirst().header()).hasSize(80).endsWith(7, 0, 0, 0);
        assertThat(tally.hardwareErrors()).isZero();
    }

    @Test
    void countsAHitThatItsPoolDoesNotWantAsAProofAndDoesNotSubmitIt() {
        board.put(endlessJob("a", Target.EASIEST).wanting(digest -> false));
        ScriptedDevice device = new ScriptedDevice(List.of(7L), done -> stopAt(done, 1));

        run(device);

        assertThat(shares).isEmpty();
        assertThat(tally.sharesFound()).isZero();
        assertThat(tally.proofs()).isEqualTo(1);
    }

    @Test
    void takesANewJobAfterAtMostTheBatchesAlreadyQueued() {
        board.put(endlessJob("a", HARD));
        ScriptedDevice device = new ScriptedDevice(List.of(), done -> {
            if (done == 3) {
                board.put(endlessJob("b", Target.ofHex("02")));
            }
            stopAt(done, 8);
        });

        run(device);

        // three ended, and the queue was full but for the last of them when the new job came
        int before = 3 + Searcher.QUEUE_DEPTH - 1;
        assertThat(device.works.subList(0, before)).allMatch(work -> work.serial() == 1);
        assertThat(device.works.subList(before, device.works.size())).allMatch(work -> work.serial() == 2);
    }

    @Test
    void submitsABoundedNumberOfSharesOfATargetThatIsFarTooEasy() {
        board.put(endlessJob("a", Target.EASIEST));
        List<Long> many = new ArrayList<>();
        for (long nonce = 0; nonce < 200; nonce++) {
            many.add(nonce);
        }

        run(new ScriptedDevice(many, done -> stopAt(done, 1)));

        assertThat(shares).hasSize(32);
        assertThat(tally.surplusHits()).isEqualTo(168);
    }

    @Test
    void searchesAnEasierTargetThanThePoolsSoThatProofsComeTwiceASecond() {
        board.put(endlessJob("a", HARD));
        ScriptedDevice device = new ScriptedDevice(List.of(), done -> stopAt(done, 8));

        run(device);

        Work last = device.works.getLast();
        double batchesPerSecond = 10;
        double hashesPerSecond = batchesPerSecond * device.searched.getLast().count();
        assertThat(last.target().hashesPerHit()).isBetween(hashesPerSecond / 8, hashesPerSecond * 2);
    }

    @Test
    void givesADeviceUpThatIsBusyAndFindsNothing() {
        board.put(endlessJob("a", Target.of(BigInteger.ONE.shiftLeft(250))));
        ScriptedDevice device = new ScriptedDevice(List.of(), done -> stopAt(done, 1_000));

        assertThatThrownBy(() -> run(device))
                .isInstanceOf(DeviceWrongException.class)
                .hasMessageContaining("hits");
    }

    @Test
    void doesNotCountWhatWasLeftOut() {
        board.put(endlessJob("a", HARD));
        leftOutOfEach = 24;
        ScriptedDevice device = new ScriptedDevice(List.of(), done -> stopAt(done, 5));

        run(device);

        long queued = device.searched.stream().mapToLong(NonceRange::count).sum();
        assertThat(tally.leftOut()).isEqualTo(24L * device.searched.size());
        assertThat(tally.hashes()).isEqualTo(queued - tally.leftOut());
    }

    @Test
    void waitsForAnotherJobWhereOneCannotBeSearched() {
        waitsForAnotherJobWhereOneCannotBeSearched("refused");
    }

    private void waitsForAnotherJobWhereOneCannotBeSearched(String why) {
        board.put(endlessJob("a", HARD));
        refusedSerial = 1;
        StateBook states = new StateBook(tally, now::get);
        ScriptedDevice device = new ScriptedDevice(List.of(), done -> stopAt(done, 3));
        states.changes().clear();
        Thread second = Thread.ofPlatform().start(() -> {
            while (states.changes().stream().noneMatch(change -> change.reason().contains("refused"))) {
                Thread.onSpinWait();
            }
            board.put(endlessJob("b", HARD));
        });

        run(device, states);

        assertThat(second.isDaemon()).isFalse();
        assertThat(device.works).isNotEmpty().allMatch(work -> work.serial() == 2);
        assertThat(refusals).containsExactly("a: " + why);
    }

    @Test
    void goesOnWithTheNextJobWhereAPoolNamesATableThatDoesNotFit() {
        refusal = new OutOfDeviceMemoryException("refused: a table of 18 GB does not fit");

        waitsForAnotherJobWhereOneCannotBeSearched(refusal.getMessage());
    }

    private void stopAt(int done, int last) {
        if (done == last) {
            loop.stop();
        }
    }
}

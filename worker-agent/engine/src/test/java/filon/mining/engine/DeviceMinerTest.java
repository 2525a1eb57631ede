package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.device.Device;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClException;
import filon.mining.opencl.OutOfDeviceMemoryException;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.Share;
import filon.mining.pool.UsualTerms;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first device of this machine, which is told when to fail; time is the test's. */
class DeviceMinerTest {
    private static final Duration BATCH = Duration.ofMillis(20);
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final AtomicLong now = new AtomicLong(1);
    private final JobBoard board = new JobBoard();
    private final Queue<Share> shares = new ConcurrentLinkedQueue<>();
    private final FailingAlgorithm algorithm = new FailingAlgorithm(ProofsOfWork.of("sha256d"));
    private DeviceMiner miner;

    private void start(boolean isRestarting) {
        start(algorithm, isRestarting);
    }

    private void start(ProofOfWork algorithm, boolean isRestarting) {
        Device device = Devices.select(DeviceSelector.first());
        PoolTerms terms = UsualTerms.of(algorithm, now::get);
        Pool pool = new Pool(PoolAddress.of("stratum+tcp://pool.example.com:3333"), "me", "x");
        MinerOrder order = MinerOrder.of(List.of(device), List.of(PoolOrder.of(pool)), terms, BATCH, isRestarting);
        board.put(GivenJob.easy());
        miner = new DeviceMiner(device, order, board, shares::add);
        miner.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        algorithm.recover();
        miner.stopping("the test is over");
        miner.join(Duration.ofSeconds(10));
    }

    private static void await(BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin).as("nanoseconds waited").isLessThan(PATIENCE_NANOS);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void awaitBatches(long more) {
        long before = miner.tally().batches();
        await(() -> miner.tally().batches() >= before + more);
    }

    private void startAndHang(boolean isRestarting) {
        start(isRestarting);
        awaitBatches(5);
        algorithm.hang();
        await(algorithm::isHanging);
    }

    private void watchAfter(long nanos) {
        now.addAndGet(nanos);
        miner.watch();
    }

    @Test
    void givesADeviceThatComputesWrongNoJobToHash() {
        // When
        start(new WrongAlgorithm(ProofsOfWork.of("sha256d")), false);
        await(() -> miner.failure().isPresent());

        // Then
        assertThat(miner.failure().orElseThrow()).isInstanceOf(DeviceWrongException.class);
        assertThat(miner.state()).isEqualTo(MiningState.FAILED);
        assertThat(miner.tally().batches()).isZero();
        assertThat(shares).isEmpty();
    }

    private long limitNanos() {
        return 3 * Math.max(BATCH.toNanos(), miner.tally().lastDeviceNanos()) + 1_000_000_000L;
    }

    @Test
    void leavesAHungDeviceBehindAfterThreeBatchesAndASecondAndStartsItAgain() {
        // Given
        startAndHang(true);
        long hashes = miner.tally().hashes();

        // When
        watchAfter(limitNanos());
        MiningState inTime = miner.state();
        watchAfter(1);

        // Then
        assertThat(inTime).isEqualTo(MiningState.RUNNING);
        assertThat(miner.state()).isEqualTo(MiningState.PREPARING);
        assertThat(miner.reason()).contains("starting again in 1 s").contains("no batch ended in time");
        watchAfter(1_000_000_000L);
        await(() -> miner.tally().hashes() > hashes);
        assertThat(miner.tally().restarts()).isEqualTo(1);
        assertThat(miner.failure()).isEmpty();
    }

    @Test
    void countsNothingOfADeviceThatWasLeftBehind() {
        // Given
        startAndHang(true);
        watchAfter(limitNanos() + 1);
        long hashes = miner.tally().hashes();
        int found = shares.size();

        // When
        algorithm.recover();
        await(() -> algorithm.closed() >= 1);

        // Then
        assertThat(miner.tally().hashes()).isEqualTo(hashes);
        assertThat(shares).hasSize(found);
    }

    @Test
    void startsALostDeviceAgainAfterPausesThatDouble() {
        // Given
        start(true);
        awaitBatches(1);

        for (int seconds : new int[] {1, 2, 4}) {
            // When
            algorithm.fail(new OpenClException("clWaitForEvents failed: CL_DEVICE_NOT_AVAILABLE"));
            await(() -> miner.reason().contains("starting again"));

            // Then
            assertThat(miner.reason()).contains("in " + seconds + " s").contains("CL_DEVICE_NOT_AVAILABLE");
            algorithm.recover();
            watchAfter(seconds * 1_000_000_000L);
            awaitBatches(1);
        }
        assertThat(miner.tally().restarts()).isEqualTo(3);
    }

    @Test
    void doesNotTryAgainWhereMemoryIsTooSmall() {
        // Given
        start(true);
        awaitBatches(1);

        // When
        algorithm.fail(new OutOfDeviceMemoryException("a table of 8 bytes does not fit"));
        await(() -> miner.failure().isPresent());

        // Then
        assertThat(miner.state()).isEqualTo(MiningState.FAILED);
        assertThat(miner.reason()).contains("does not fit");
    }

    @Test
    void leavesTheFailureToItsOwnerWhereRestartsAreNotWanted() {
        start(false);
        awaitBatches(1);

        algorithm.fail(new OpenClException("clWaitForEvents failed: CL_OUT_OF_RESOURCES"));

        await(() -> miner.failure().isPresent());
        assertThat(miner.state()).isEqualTo(MiningState.FAILED);
    }

    @Test
    void givesAHungDeviceUpWhereRestartsAreNotWantedAfterTenSeconds() {
        // Given
        startAndHang(false);
        watchAfter(limitNanos() + 1);
        assertThat(miner.state()).isEqualTo(MiningState.STALLED);

        // When
        watchAfter(10_000_000_001L);

        // Then
        assertThat(miner.state()).isEqualTo(MiningState.FAILED);
        assertThat(miner.failure())
                .isPresent()
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("hangs");
    }

    @Test
    void forgivesADeviceThatEndsABatchAfterAll() {
        // Given
        startAndHang(false);
        watchAfter(limitNanos() + 1);

        // When
        algorithm.recover();
        awaitBatches(2);
        miner.watch();
        watchAfter(1);

        // Then
        assertThat(miner.state()).isEqualTo(MiningState.RUNNING);
        assertThat(miner.failure()).isEmpty();
    }

    @Test
    void accountsForAllTimeByState() {
        start(true);
        awaitBatches(3);
        now.addAndGet(5_000);
        algorithm.fail(new OpenClException("lost"));
        await(() -> miner.reason().contains("starting again"));
        now.addAndGet(7_000);

        assertThat(miner.nanosOf().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(12_000);
        assertThat(miner.nanosOf()).containsEntry(MiningState.RUNNING, 5_000L);
    }
}

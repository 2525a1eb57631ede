package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceSpace;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.ethash.DamagedDataset;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One byte of the dataset of epoch 0, a gigabyte, while it is mined with and another device mines something else. Takes about two minutes:
 * {@code mvn -q -Dquick -pl worker-agent/engine verify -Pheavy -Dtest=DamagedGigabyteTest}.
 */
@Tag("heavy")
class DamagedGigabyteTest {
    private static final Optional<Header> HEADER = Optional.of(Header.of(new byte[32]));
    private static final Duration FOUND_WITHIN = Duration.ofSeconds(60);

    private static void await(String what, Duration patience, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin).as(what).isLessThan(patience.toNanos());
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void isFoundWithinAMinuteAndMadeAnewWithoutStoppingAnotherDevice() throws InterruptedException {
        try (OpenClContext context = Devices.open(Devices.select(DeviceSelector.first()))) {
            // Given
            DamagedDataset dataset = DamagedDataset.ofEpochZero(context);
            Tally tally = new Tally();
            StateBook states = new StateBook(tally, System::nanoTime);
            JobBoard board = new JobBoard();
            board.put(GivenJob.of("one", Target.ofHex("01"), NonceSpace.ofBits(Long.SIZE), _ -> HEADER));
            ProvedSearcher proved = new ProvedSearcher(
                    ProofsOfWork.of("ethash"), dataset.searcher(), new SplittableRandom(1), Optional.empty());
            SearchLoop loop = new SearchLoop(
                    proved,
                    board,
                    new SearchLoop.Books(states, tally, System::nanoTime),
                    share -> {},
                    MinerOrder.BATCH_USUAL);
            Thread device = Thread.ofPlatform().start(loop::run);
            OtherDevice other = new OtherDevice();
            await("making the dataset", Duration.ofMinutes(5), () -> tally.batches() > 20);

            // When
            dataset.damage(5_000_000);
            // not before: on a CPU the write waits among the kernels of both devices, half a minute and more
            long begin = System.nanoTime();
            await("finding the byte", FOUND_WITHIN, () -> states.state() == MiningState.PREPARING);
            double seconds = (System.nanoTime() - begin) / 1e9;
            long batches = tally.batches();
            long othersBatches = other.batches();
            await("making the dataset anew", Duration.ofMinutes(5), () -> tally.batches() > batches + 20);

            // Then
            dataset.requireRight(5_000_000);
            assertThat(other.batches() - othersBatches).isGreaterThan(20);
            assertThat(seconds).isLessThan(FOUND_WITHIN.toSeconds());
            loop.stop();
            device.join();
            other.stop();
            dataset.searcher().close();
        }
    }

    /** sha256d on a context of its own. */
    private static final class OtherDevice {
        private final Tally tally = new Tally();
        private final Thread thread;
        private volatile SearchLoop loop;

        OtherDevice() {
            thread = Thread.ofPlatform().start(this::mine);
        }

        private void mine() {
            var sha256d = ProofsOfWork.of("sha256d");
            try (OpenClContext context = Devices.open(Devices.select(DeviceSelector.first()));
                    var searcher = sha256d.searcher(context, sha256d.tuningFor(16, 64))) {
                JobBoard board = new JobBoard();
                board.put(GivenJob.easy());
                ProvedSearcher proved = new ProvedSearcher(sha256d, searcher, new SplittableRandom(1), Optional.of(""));
                loop = new SearchLoop(
                        proved,
                        board,
                        new SearchLoop.Books(new StateBook(tally, System::nanoTime), tally, System::nanoTime),
                        share -> {},
                        MinerOrder.BATCH_USUAL);
                loop.run();
            }
        }

        long batches() {
            return tally.batches();
        }

        void stop() throws InterruptedException {
            loop.stop();
            thread.join();
        }
    }
}

package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.address.AddressRules;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.device.Device;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real device that is started after a search for its tuning. */
class StoredTuningTest {
    private static final SearchTuning FOUND = SearchTuning.of("16,32,16");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final String property = System.getProperty(TuningStore.PROPERTY, "off");
    private final Device device = Devices.select(DeviceSelector.first());
    private final ProofOfWork algorithm = ProofsOfWork.of("sha256d");

    @BeforeEach
    void keepTuningsHere() {
        System.setProperty(
                TuningStore.PROPERTY, directory.resolve("tuning.json").toString());
    }

    @AfterEach
    void keepThemAsBefore() {
        System.setProperty(TuningStore.PROPERTY, property);
    }

    private DeviceMiner miner() {
        PoolTerms terms = new PoolTerms(
                algorithm,
                AddressRules.publicOnly(),
                OptionalDouble.empty(),
                PoolLimits.USUAL,
                System::nanoTime,
                new SplittableRandom());
        MinerOrder order = MinerOrder.of(List.of(device), List.of(), terms, MinerOrder.BATCH_USUAL, false);
        return new DeviceMiner(device, order, new JobBoard(), _ -> {});
    }

    private void keep(SearchTuning tuning) {
        PairedRates rates = new PairedRates(List.of(new PairedRates.Pair(1e6, 2e6)));
        SearchTuning usual = algorithm.tuningFor(device.integerVectorWidth(), device.workGroupSizeMax());
        TuningReport report = new TuningReport(
                usual, List.of(), 0, Optional.of(new TriedTuning.Measured(tuning, rates)), Duration.ZERO);
        TuningStore.configured().keep(TuningKey.of(device, algorithm), report);
    }

    @Test
    void isUsedByTheNextStart() throws InterruptedException {
        // Given
        keep(FOUND);
        DeviceMiner miner = miner();

        // When
        miner.start();
        awaitEnd(miner);

        // Then
        assertThat(miner.changes())
                .extracting(StateChange::reason)
                .anyMatch(reason -> reason.endsWith("tuning 16,32,16, stored in " + directory.resolve("tuning.json")));
    }

    /** Until it was proved and waits for a job; then it is ended. */
    private static void awaitEnd(DeviceMiner miner) throws InterruptedException {
        long begin = System.nanoTime();
        while (miner.state() == MiningState.PREPARING && System.nanoTime() - begin < PATIENCE.toNanos()) {
            Thread.onSpinWait();
        }
        assertThat(miner.state()).isNotIn(MiningState.PREPARING, MiningState.FAILED);
        miner.stopping("asked to end");
        miner.join(PATIENCE);
    }
}

package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.TableWatch;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.algorithm.ethash.DamagedDataset;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import java.math.BigInteger;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real device, whose memory is damaged for it. */
class ProvedSearcherTest {
    private static final Header HEADER = Header.of(new byte[32]);
    /** About every second hash is a hit. */
    private static final Target EASY = Target.of(BigInteger.ONE.shiftLeft(255));

    private static final int BATCH = 256;

    private final ProofOfWork algorithm = DamagedDataset.algorithm();
    private OpenClContext context;
    private DamagedDataset dataset;
    private ProvedSearcher device;
    private int wrong;

    @BeforeEach
    void prepareTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
        dataset = new DamagedDataset(context);
        device = new ProvedSearcher(algorithm, dataset.searcher(), new SplittableRandom(1), Optional.empty());
        prepare();
    }

    @AfterEach
    void closeIt() {
        dataset.searcher().close();
        context.close();
    }

    private void prepare() {
        boolean isReady;
        do {
            isReady = device.prepare(HEADER).isReady();
        } while (!isReady);
    }

    /** Searches and looks at the hits as the search loop does. */
    private void search(long first) {
        Work work = new Work(HEADER, EASY);
        BatchResult result =
                dataset.searcher().submit(work, new NonceRange(first, BATCH)).await();
        for (long nonce : result.nonces()) {
            if (device.confirmed(work, result.range(), nonce).isEmpty()) {
                wrong++;
            }
        }
    }

    @Test
    void trustsADeviceThatIsRight() {
        for (int i = 0; i < 10; i++) {
            search((long) i * BATCH);
        }

        assertThat(wrong).isZero();
        assertThat(device.isProvedFor(HEADER)).isTrue();
    }

    @Test
    void findsOneDamagedByteByWrongHitsAndMakesTheDatasetAnew() {
        // Given
        dataset.damage(9);

        // When
        for (int i = 0; i < 100 && device.isProvedFor(HEADER); i++) {
            search((long) i * BATCH);
        }

        // Then
        assertThat(wrong).isGreaterThanOrEqualTo(ProvedSearcher.WRONG_MAX);
        assertThat(device.isProvedFor(HEADER)).isFalse();
        prepare();
        dataset.requireRight(9);
        wrong = 0;
        search(1 << 20);
        assertThat(wrong).isZero();
    }

    @Test
    void findsADamagedByteThatNoHitReadsWithinARoundAndMakesTheDatasetAnew() {
        // Given
        dataset.damage(9);

        // When
        for (long now = 0; now < 2 * TableWatch.ROUND.toNanos() && device.isProvedFor(HEADER); now += 1_000_000_000) {
            device.inspect(now);
        }

        // Then
        assertThat(device.isProvedFor(HEADER)).isFalse();
        prepare();
        dataset.requireRight(9);
    }

    @Test
    void givesADeviceUpThatIsWrongAgain() {
        dataset.damage(9);
        for (int i = 0; i < 100 && device.isProvedFor(HEADER); i++) {
            search((long) i * BATCH);
        }
        prepare();
        dataset.damage(17);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        search((long) i * BATCH);
                    }
                })
                .isInstanceOf(DeviceWrongException.class)
                .hasMessageContaining("4 of the device's last 32 hits");
    }

    @Test
    void doesNotEarnWithATableThatFailsItsProof() {
        ProvedSearcher unproved =
                new ProvedSearcher(algorithm, dataset.searcher(), new SplittableRandom(1), Optional.empty());
        for (int page = 0; page < 256; page += 4) {
            dataset.damage(page);
        }

        assertThatThrownBy(() -> unproved.prepare(HEADER)).isInstanceOf(DeviceWrongException.class);
    }
}

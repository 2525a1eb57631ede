package filon.mining.algorithm.kheavyhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.SearchSlots;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.engine.Proving;
import filon.mining.opencl.OpenClContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fails, and is meant to, where there is no OpenCL platform. */
class KheavyhashOnDeviceTest {
    private static final SearchTuning TUNING = new SearchTuning(16, 16, 1, "");
    private final Kheavyhash kheavyhash = new Kheavyhash();
    private final Header header = kheavyhash.knownAnswers().getFirst().header();
    private OpenClContext context;

    @BeforeEach
    void openTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
    }

    @AfterEach
    void closeIt() {
        context.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1,16,2,",
        "1,64,1,",
        "1,256,1,",
        "16,16,1,",
        "16,64,4,",
        "16,256,1,",
        "1,16,1,-cl-opt-disable",
        "16,16,1,-cl-opt-disable"
    })
    void agreesBitForBitWithTheReferenceHoweverItIsBuilt(int width, int group, int items, String options) {
        SearchTuning tuning = new SearchTuning(width, group, items, options == null ? "" : options);
        long seed = new SplittableRandom().nextLong();
        try (Searcher searcher = kheavyhash.searcher(context, tuning)) {
            Proving proving = new Proving(kheavyhash, searcher);

            assertThat(proving.knownAnswers()).isEqualTo(new Proving.Agreed(2, 2));
            assertThat(proving.randomPairs(320, 0, new SplittableRandom(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(320);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "0x000000008000808bUL~0x000000008000808aUL",
                "(number)10~(number)9",
                "NONCE_LANE 9~NONCE_LANE 8",
                "i < NUMBERS; i++~i + 1 < NUMBERS; i++"
            })
    void isCaughtByTheProvingStepWhenAConstantIsWrong(String right, String wrong) {
        String source = Kheavyhash.FOLDER.kernel("kheavyhash.cl");
        assertThat(source).contains(right);
        Kheavyhash corrupted = new Kheavyhash(source.replace(right, wrong));
        try (Searcher searcher = corrupted.searcher(context, TUNING)) {
            assertThatThrownBy(() -> new Proving(corrupted, searcher).knownAnswers())
                    .isInstanceOf(DeviceWrongException.class);
        }
    }

    @Test
    void reportsHitsThatDidNotFitInsteadOfLosingThemSilently() {
        try (Searcher searcher = kheavyhash.searcher(context, TUNING)) {
            BatchResult result = searcher.submit(new Work(header, Target.EASIEST), new NonceRange(5, 1_001))
                    .await();

            assertThat(result.nonces()).hasSize(SearchSlots.HIT_CAPACITY).doesNotHaveDuplicates();
            assertThat(result.nonces()).allMatch(result.range()::contains);
            assertThat(result.lost()).isEqualTo(1_001 - SearchSlots.HIT_CAPACITY);
        }
    }

    @Test
    void searchesTheLastNoncesOf64BitsAndNotOneMore() {
        try (Searcher searcher = kheavyhash.searcher(context, TUNING)) {
            BatchResult result = searcher.submit(new Work(header, Target.EASIEST), new NonceRange(-3, 3))
                    .await();

            assertThat(result.nonces()).containsExactlyInAnyOrder(-3L, -2L, -1L);
        }
    }

    @Test
    void triesNoncesOnBothSidesOf32Bits() {
        long first = 0xffff_fff0L;
        try (Searcher searcher = kheavyhash.searcher(context, TUNING)) {
            Target target = new Target(kheavyhash.digest(header, first + 20).hash());
            BatchResult result = searcher.submit(new Work(header, target), new NonceRange(first, 32))
                    .await();

            assertThat(result.nonces())
                    .contains(first + 20)
                    .allMatch(nonce ->
                            target.isMetBy(kheavyhash.digest(header, nonce).hash()));
        }
    }

    @Test
    void keepsQueuedBatchesApart() {
        Target ofFirst = new Target(kheavyhash.digest(header, 17).hash());
        Target ofSecond = new Target(kheavyhash.digest(header, 99).hash());
        try (Searcher searcher = kheavyhash.searcher(context, TUNING)) {
            var one = searcher.submit(new Work(header, ofFirst), new NonceRange(17, 1));
            var two = searcher.submit(new Work(header, ofSecond), new NonceRange(99, 1));
            var three = searcher.submit(new Work(header, ofFirst), new NonceRange(17, 1));
            var four = searcher.submit(new Work(header, ofFirst), new NonceRange(17, 1));

            assertThatThrownBy(() -> searcher.submit(new Work(header, ofSecond), new NonceRange(0, 1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(one.await().nonces()).containsExactly(17L);
            assertThat(two.await().nonces()).containsExactly(99L);
            assertThat(three.await().nonces()).containsExactly(17L);
            assertThat(four.await().nonces()).containsExactly(17L);
        }
    }
}

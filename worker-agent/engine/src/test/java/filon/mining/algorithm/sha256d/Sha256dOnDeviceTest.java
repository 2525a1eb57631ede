package filon.mining.algorithm.sha256d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.KnownAnswer;
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
import filon.mining.opencl.OpenClException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fails, and is meant to, where there is no OpenCL platform. */
class Sha256dOnDeviceTest {
    private static final SearchTuning TUNING = new SearchTuning(4, 16, 4, "");
    private final Sha256d sha256d = new Sha256d();
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
        "1,16,1,",
        "2,64,2,",
        "4,16,4,",
        "8,256,1,",
        "16,16,64,",
        "16,32,1,",
        "1,256,1,-cl-opt-disable",
        "16,16,2,-cl-opt-disable"
    })
    void agreesBitForBitWithTheReferenceHoweverItIsBuilt(int width, int group, int items, String options) {
        SearchTuning tuning = new SearchTuning(width, group, items, options == null ? "" : options);
        long seed = new SplittableRandom().nextLong();
        try (Searcher searcher = sha256d.searcher(context, tuning)) {
            Proving proving = new Proving(sha256d, searcher);

            assertThat(proving.knownAnswers()).isEqualTo(new Proving.Agreed(3, 3));
            assertThat(proving.randomPairs(320, 0, new SplittableRandom(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(320);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x428a2f98,0x428a2f99", "0xc67178f2,0xc67178f3", "0x5be0cd19u,0x5be0cd18u", "(uvec)256u,(uvec)257u"})
    void isCaughtByTheProvingStepWhenAConstantIsWrong(String right, String wrong) {
        String source = Sha256d.FOLDER.kernel("sha256d.cl");
        assertThat(source).contains(right);
        Sha256d corrupted = new Sha256d(source.replace(right, wrong));
        try (Searcher searcher = corrupted.searcher(context, TUNING)) {
            assertThatThrownBy(() -> new Proving(corrupted, searcher).knownAnswers())
                    .isInstanceOf(DeviceWrongException.class)
                    .hasMessageContaining("genesis");
        }
    }

    @Test
    void reportsHitsThatDidNotFitInsteadOfLosingThemSilently() {
        Work work = new Work(sha256d.knownAnswers().getFirst().header(), Target.EASIEST);
        try (Searcher searcher = sha256d.searcher(context, TUNING)) {
            BatchResult result =
                    searcher.submit(work, new NonceRange(5, 10_001)).await();

            assertThat(result.nonces()).hasSize(SearchSlots.HIT_CAPACITY).doesNotHaveDuplicates();
            assertThat(result.nonces()).allMatch(result.range()::contains);
            assertThat(result.lost()).isEqualTo(10_001 - SearchSlots.HIT_CAPACITY);
        }
    }

    @Test
    void searchesTheLastNonceAndNotOneMore() {
        Work work = new Work(sha256d.knownAnswers().getFirst().header(), Target.EASIEST);
        try (Searcher searcher = sha256d.searcher(context, TUNING)) {
            BatchResult result =
                    searcher.submit(work, new NonceRange(Sha256d.NONCES - 3, 3)).await();

            assertThat(result.nonces()).containsExactlyInAnyOrder(4_294_967_293L, 4_294_967_294L, 4_294_967_295L);
            assertThatThrownBy(() -> searcher.submit(work, new NonceRange(Sha256d.NONCES - 3, 4)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keepsQueuedBatchesApart() {
        KnownAnswer genesis = sha256d.knownAnswers().get(0);
        KnownAnswer first = sha256d.knownAnswers().get(1);
        try (Searcher searcher = sha256d.searcher(context, TUNING)) {
            var one = searcher.submit(
                    new Work(genesis.header(), new Target(genesis.digest().hash())),
                    new NonceRange(genesis.nonce() - 100, 1_000));
            var two = searcher.submit(
                    new Work(first.header(), new Target(first.digest().hash())),
                    new NonceRange(first.nonce() - 100, 1_000));
            var three = searcher.submit(
                    new Work(genesis.header(), new Target(genesis.digest().hash())),
                    new NonceRange(genesis.nonce() - 100, 1_000));
            var four = searcher.submit(
                    new Work(genesis.header(), new Target(genesis.digest().hash())),
                    new NonceRange(genesis.nonce() - 100, 1_000));

            assertThatThrownBy(() -> searcher.submit(new Work(genesis.header(), Target.EASIEST), new NonceRange(0, 1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(one.await().nonces()).containsExactly(genesis.nonce());
            assertThat(two.await().nonces()).containsExactly(first.nonce());
            assertThat(three.await().nonces()).containsExactly(genesis.nonce());
            assertThat(four.await().nonces()).containsExactly(genesis.nonce());
        }
    }

    @Test
    void namesTheDeviceTheOptionsAndTheErrorWhenABuildFails() {
        Sha256d broken = new Sha256d("__kernel void search() { this is not C }");

        assertThatThrownBy(() -> broken.searcher(context, TUNING))
                .isInstanceOf(OpenClException.class)
                .hasMessageContaining(context.deviceName())
                .hasMessageContaining("CL_BUILD_PROGRAM_FAILURE")
                .hasMessageContaining("VECTOR_WIDTH=4");
    }
}

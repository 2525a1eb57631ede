package filon.mining.algorithm.ethash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchSlots;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.algorithm.dag.Dataset;
import filon.mining.algorithm.dag.DatasetForm;
import filon.mining.algorithm.dag.DatasetKernels;
import filon.mining.algorithm.dag.Epoch;
import filon.mining.algorithm.dag.LightCache;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.engine.Proving;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OutOfDeviceMemoryException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fails, and is meant to, where there is no OpenCL platform. */
class EthashOnDeviceTest {
    private static final SearchTuning TUNING = new SearchTuning(8, 16, 1, "");
    private static final Header HEADER = Header.of(new byte[32]);
    private final Ethash reduced = new Ethash("ethash", EpochRule.REDUCED, Ethash.kernels());
    private OpenClContext context;

    @BeforeEach
    void openTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
    }

    @AfterEach
    void closeIt() {
        context.close();
    }

    private static void prepare(Searcher searcher, Header header) {
        boolean isReady;
        do {
            isReady = searcher.prepare(header).isReady();
        } while (!isReady);
    }

    private Searcher ready(ProofOfWork algorithm) {
        Searcher searcher = algorithm.searcher(context, TUNING);
        prepare(searcher, HEADER);
        return searcher;
    }

    @ParameterizedTest
    @CsvSource({
        "1,16,1,",
        "1,64,1,",
        "1,256,1,",
        "8,16,1,",
        "16,64,2,",
        "16,256,1,",
        "16,1,4,",
        "1,16,1,-cl-opt-disable",
        "16,16,1,-cl-opt-disable"
    })
    void agreesBitForBitWithTheReferenceHoweverItIsBuilt(int width, int group, int items, String options) {
        SearchTuning tuning = new SearchTuning(width, group, items, options == null ? "" : options);
        long seed = new SplittableRandom().nextLong();
        try (Searcher searcher = reduced.searcher(context, tuning)) {
            Proving proving = new Proving(reduced, searcher);

            assertThat(proving.knownAnswers()).isEqualTo(new Proving.Agreed(1, 1));
            searcher.distrust();
            assertThat(proving.randomPairs(160, 0, new SplittableRandom(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(160);
        }
    }

    @Test
    void agreesWithTheChainOnDatasetsOfRealSizeOfWhichItMakesOnlyWhatIsRead() {
        Etchash etchash = new Etchash();
        try (Searcher searcher = etchash.searcher(context, TUNING)) {
            KnownAnswer block = etchash.knownAnswers().getFirst();
            NonceRange range = new NonceRange(block.nonce(), 1);

            searcher.prepareOnly(block.header(), range);

            assertThat(searcher.submit(
                                    new Work(
                                            block.header(),
                                            new Target(block.digest().hash())),
                                    range)
                            .await()
                            .nonces())
                    .containsExactly(block.nonce());
        }
    }

    @ParameterizedTest
    @CsvSource({"1,16", "8,16"})
    void findsPagesInHoweverManyPieces(int width, int group) {
        SearchTuning tuning = new SearchTuning(width, group, 1, "");
        for (long pieceBytesMax : new long[] {16 * 1024, 7_000, 4_096}) {
            try (Searcher searcher = reduced.searcher(context, tuning, pieceBytesMax)) {
                assertThat(new Proving(reduced, searcher).randomPairs(64, 0, new SplittableRandom(7)))
                        .isEqualTo(64);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x01000193u,0x01000192u",
        "0x0000000080000001UL,0x0000000080000003UL",
        "parent < PARENTS; parent++,parent + 1 < PARENTS; parent++",
        "ACCESSES 64,ACCESSES 63"
    })
    void isCaughtByTheProvingStepWhenAConstantIsWrong(String right, String wrong) {
        DatasetKernels kernels = Ethash.kernels();
        assertThat(kernels.contain(right)).isTrue();
        Ethash corrupted = new Ethash("ethash", EpochRule.REDUCED, kernels.replaced(right, wrong));
        try (Searcher searcher = corrupted.searcher(context, TUNING)) {
            assertThatThrownBy(() -> new Proving(corrupted, searcher).randomPairs(16, 0, new SplittableRandom(1)))
                    .isInstanceOf(DeviceWrongException.class);
        }
    }

    @Test
    void findsADamagedPageByItsSamples() {
        DatasetForm form = DatasetForm.beside(TUNING, DatasetForm.text(), Long.MAX_VALUE);
        try (Dataset dataset = new Dataset(context, LightCache.of(EpochRule.REDUCED.at(0)), form)) {
            dataset.write(9);
            dataset.requireRight(9);
            byte[] damaged = dataset.table().read(9);
            damaged[77] ^= 1;
            dataset.table().write(9, ByteBuffer.wrap(damaged));

            assertThatThrownBy(() -> dataset.requireRight(9))
                    .isInstanceOf(DeviceWrongException.class)
                    .hasMessageContaining("page 9 of 256");
        }
    }

    @Test
    void reportsHitsThatDidNotFitInsteadOfLosingThemSilently() {
        try (Searcher searcher = ready(reduced)) {
            BatchResult result = searcher.submit(new Work(HEADER, Target.EASIEST), new NonceRange(5, 1_001))
                    .await();

            assertThat(result.nonces()).hasSize(SearchSlots.HIT_CAPACITY).doesNotHaveDuplicates();
            assertThat(result.nonces()).allMatch(result.range()::contains);
            assertThat(result.lost()).isEqualTo(1_001 - SearchSlots.HIT_CAPACITY);
        }
    }

    @Test
    void searchesTheLastNoncesOf64BitsAndNotOneMore() {
        try (Searcher searcher = ready(reduced)) {
            BatchResult result = searcher.submit(new Work(HEADER, Target.EASIEST), new NonceRange(-3, 3))
                    .await();

            assertThat(result.nonces()).containsExactlyInAnyOrder(-3L, -2L, -1L);
        }
    }

    @Test
    void keepsQueuedBatchesApart() {
        try (Searcher searcher = ready(reduced)) {
            Header other = Header.of(new byte[] {
                1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
            });
            Target ofFirst = new Target(reduced.digest(HEADER, 17).hash());
            Target ofSecond = new Target(reduced.digest(other, 17).hash());
            var one = searcher.submit(new Work(HEADER, ofFirst), new NonceRange(17, 1));
            var two = searcher.submit(new Work(other, ofSecond), new NonceRange(17, 1));
            var three = searcher.submit(new Work(HEADER, ofFirst), new NonceRange(17, 1));
            var four = searcher.submit(new Work(HEADER, ofFirst), new NonceRange(17, 1));

            assertThatThrownBy(() -> searcher.submit(new Work(other, ofSecond), new NonceRange(0, 1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(one.await().nonces()).containsExactly(17L);
            assertThat(two.await().nonces()).containsExactly(17L);
            assertThat(three.await().nonces()).containsExactly(17L);
            assertThat(four.await().nonces()).containsExactly(17L);
        }
    }

    @Test
    void refusesToSearchWhatIsNotPrepared() {
        Ethash ethash = new Ethash();
        try (Searcher searcher = ethash.searcher(context, TUNING)) {
            assertThatThrownBy(() -> searcher.submit(new Work(HEADER, Target.EASIEST), new NonceRange(0, 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("epoch 0 is not prepared");
        }
    }

    @Test
    void refusesADatasetThatTheDeviceHasNoRoomForAndGivesItsMemoryBack() {
        long before = context.memoryBytesLeft();
        Header far = new Header(new byte[32], 30_000L * 8_191);
        Epoch epoch = new Epoch(8_191, 0, 16, 500_000_003, 256);
        DatasetForm form = DatasetForm.beside(TUNING, DatasetForm.text(), context.memoryBytesFree());
        assertThatThrownBy(() -> new Dataset(context, LightCache.of(epoch), form))
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageContaining(Long.toString(epoch.datasetBytes()));
        assertThat(EpochRule.ETHASH.at(far.height()).datasetBytes()).isGreaterThan(before);
        ready(reduced).close();

        assertThat(context.memoryBytesLeft()).isEqualTo(before);
    }
}

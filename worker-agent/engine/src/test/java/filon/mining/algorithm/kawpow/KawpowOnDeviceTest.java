package filon.mining.algorithm.kawpow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.KnownAnswer;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.SearchSlots;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.algorithm.dag.DatasetKernels;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.engine.Proving;
import filon.mining.opencl.OpenClContext;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fails, and is meant to, where there is no OpenCL platform. */
class KawpowOnDeviceTest {
    private static final SearchTuning TUNING = new SearchTuning(16, 16, 1, "");
    private static final Header HEADER = Header.of(new byte[32]);
    /** Where a piece holds 16 KiB, the least that it may. */
    private static final int PAGES_OF_7_PIECES_AND_A_HALF = 960;

    private final Kawpow kawpow = new Kawpow();
    private final Kawpow reduced = new Kawpow(ProgPowRules.kawpow().reduced(), Kawpow.kernels());
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

    private Searcher ready() {
        Searcher searcher = reduced.searcher(context, TUNING);
        prepare(searcher, HEADER);
        return searcher;
    }

    @ParameterizedTest
    @CsvSource({
        "1,16,",
        "1,64,",
        "1,256,",
        "16,1,",
        "16,16,",
        "16,64,",
        "16,256,",
        "1,16,-cl-opt-disable",
        "16,16,-cl-opt-disable"
    })
    void agreesBitForBitWithTheReferenceHoweverItIsBuilt(int width, int group, String options) {
        SearchTuning tuning = new SearchTuning(width, group, 1, options == null ? "" : options);
        long seed = new SplittableRandom().nextLong();
        try (Searcher searcher = reduced.searcher(context, tuning)) {
            assertThat(new Proving(reduced, searcher).randomPairs(48, 170_915, new SplittableRandom(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(48);
        }
    }

    @Test
    void runsAnotherProgramInEachPeriod() {
        try (Searcher searcher = reduced.searcher(context, TUNING)) {
            for (long height : new long[] {0, 3, 6, 9, 12, 0}) {
                assertThat(new Proving(reduced, searcher).randomPairs(16, height, new SplittableRandom(height)))
                        .as("height %d", height)
                        .isEqualTo(16);
            }
        }
    }

    @Test
    void agreesWithPublicAnswersOnDatasetsOfRealSizeOfWhichItMakesOnlyWhatIsRead() {
        try (Searcher searcher = kawpow.searcher(context, TUNING)) {
            for (KnownAnswer answer : kawpow.knownAnswers().subList(0, 2)) {
                NonceRange range = new NonceRange(answer.nonce(), 1);

                searcher.prepareOnly(answer.header(), range);

                assertThat(searcher.submit(
                                        new Work(
                                                answer.header(),
                                                new Target(answer.digest().hash())),
                                        range)
                                .await()
                                .nonces())
                        .as(answer.name())
                        .containsExactly(answer.nonce());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,16", "16,16"})
    void findsItemsInHoweverManyPieces(int width, int group) {
        SearchTuning tuning = new SearchTuning(width, group, 1, "");
        Kawpow larger = new Kawpow(ProgPowRules.kawpow().reduced(PAGES_OF_7_PIECES_AND_A_HALF), Kawpow.kernels());
        for (long pieceBytesMax : new long[] {64 * 1024, 40_000, 16 * 1024}) {
            try (Searcher searcher = larger.searcher(context, tuning, pieceBytesMax)) {
                assertThat(new Proving(larger, searcher).randomPairs(32, 0, new SplittableRandom(7)))
                        .isEqualTo(32);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x811c9dc5u,0x811c9dc4u",
        "36969u,36968u",
        "ROUNDS 64,ROUNDS 63",
        "named & (word)(CACHE_WORDS - 1),named & (word)(CACHE_WORDS - 2)"
    })
    void isCaughtByTheProvingStepWhenAConstantIsWrong(String right, String wrong) {
        DatasetKernels kernels = Kawpow.kernels();
        assertThat(kernels.contain(right)).isTrue();
        Kawpow corrupted = new Kawpow(ProgPowRules.kawpow().reduced(), kernels.replaced(right, wrong));
        try (Searcher searcher = corrupted.searcher(context, TUNING)) {
            assertThatThrownBy(() -> new Proving(corrupted, searcher).randomPairs(16, 0, new SplittableRandom(1)))
                    .isInstanceOf(DeviceWrongException.class);
        }
    }

    @Test
    void reportsHitsThatDidNotFitInsteadOfLosingThemSilently() {
        try (Searcher searcher = ready()) {
            BatchResult result = searcher.submit(new Work(HEADER, Target.EASIEST), new NonceRange(5, 1_001))
                    .await();

            assertThat(result.nonces()).hasSize(SearchSlots.HIT_CAPACITY).doesNotHaveDuplicates();
            assertThat(result.nonces()).allMatch(result.range()::contains);
            assertThat(result.lost()).isEqualTo(1_001 - SearchSlots.HIT_CAPACITY);
        }
    }

    @Test
    void searchesTheLastNoncesOf64BitsAndNotOneMore() {
        try (Searcher searcher = ready()) {
            BatchResult result = searcher.submit(new Work(HEADER, Target.EASIEST), new NonceRange(-3, 3))
                    .await();

            assertThat(result.nonces()).containsExactlyInAnyOrder(-3L, -2L, -1L);
        }
    }

    @Test
    void keepsQueuedBatchesApart() {
        try (Searcher searcher = ready()) {
            Header other = Header.of(HexFormat.of().parseHex("01".repeat(32)));
            Target ofFirst = new Target(reduced.digest(HEADER, 17).hash());
            Target ofSecond = new Target(reduced.digest(other, 99).hash());
            var one = searcher.submit(new Work(HEADER, ofFirst), new NonceRange(17, 1));
            var two = searcher.submit(new Work(other, ofSecond), new NonceRange(99, 1));
            var three = searcher.submit(new Work(HEADER, ofFirst), new NonceRange(17, 1));
            var four = searcher.submit(new Work(HEADER, ofFirst), new NonceRange(17, 1));

            assertThatThrownBy(() -> searcher.submit(new Work(other, ofSecond), new NonceRange(0, 1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(one.await().nonces()).containsExactly(17L);
            assertThat(two.await().nonces()).containsExactly(99L);
            assertThat(three.await().nonces()).containsExactly(17L);
            assertThat(four.await().nonces()).containsExactly(17L);
        }
    }

    @Test
    void keepsTwoQueuedBatchesOfDifferentPeriodsApart() {
        Header later = new Header(new byte[32], 3);
        Target ofFirst = new Target(reduced.digest(HEADER, 17).hash());
        Target ofSecond = new Target(reduced.digest(later, 17).hash());
        try (Searcher searcher = ready()) {
            var one = searcher.submit(new Work(HEADER, ofFirst), new NonceRange(17, 1));
            prepare(searcher, later);
            var two = searcher.submit(new Work(later, ofSecond), new NonceRange(17, 1));

            assertThat(ofFirst).isNotEqualTo(ofSecond);
            assertThat(one.await().nonces()).containsExactly(17L);
            assertThat(two.await().nonces()).containsExactly(17L);
        }
    }

    @Test
    void refusesToSearchAPeriodThatIsNotPrepared() {
        try (Searcher searcher = ready()) {
            Header later = new Header(new byte[32], 300);

            assertThatThrownBy(() -> searcher.submit(new Work(later, Target.EASIEST), new NonceRange(0, 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("period 100 is not prepared");
        }
    }

    @Test
    void givesItsMemoryBack() {
        long before = context.memoryBytesLeft();

        ready().close();

        assertThat(context.memoryBytesLeft()).isEqualTo(before);
    }
}

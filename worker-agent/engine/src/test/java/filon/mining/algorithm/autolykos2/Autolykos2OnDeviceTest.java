package filon.mining.algorithm.autolykos2;

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
class Autolykos2OnDeviceTest {
    private static final SearchTuning TUNING = new SearchTuning(8, 16, 1, "");
    private static final Header HEADER = Header.of(new byte[32]);
    private final Autolykos2 autolykos2 = new Autolykos2();
    private final Autolykos2 reduced = new Autolykos2(TableSize.REDUCED, Autolykos2.FOLDER.kernel("autolykos2.cl"));
    private OpenClContext context;

    @BeforeEach
    void openTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
    }

    @AfterEach
    void closeIt() {
        context.close();
    }

    private Searcher ready(Header header) {
        Searcher searcher = reduced.searcher(context, TUNING);
        boolean isReady;
        do {
            isReady = searcher.prepare(header).isReady();
        } while (!isReady);
        return searcher;
    }

    @Test
    void hasTheNextHeightsTableWhenItsTurnComes() {
        long height = 1_925_000;
        try (Searcher searcher = reduced.searcher(context, new SearchTuning(8, 16, 1, ""))) {
            // Given
            prepare(searcher, height);
            for (long second = 0; second < 1_000; second++) {
                searcher.prepareAhead(new Header(new byte[32], height), second * 1_000_000_000);
            }

            // When
            boolean isReadyAtOnce =
                    searcher.prepare(new Header(new byte[32], height + 1)).isReady();

            // Then
            assertThat(isReadyAtOnce).isTrue();
            new Proving(reduced, searcher).randomPairs(16, height + 1, new SplittableRandom(1));
            prepare(searcher, height);
            new Proving(reduced, searcher).randomPairs(16, height, new SplittableRandom(1));
        }
    }

    private static void prepare(Searcher searcher, long height) {
        boolean isReady;
        do {
            isReady = searcher.prepare(new Header(new byte[32], height)).isReady();
        } while (!isReady);
    }

    @ParameterizedTest
    @CsvSource({
        "1,16,1,",
        "1,64,1,",
        "1,256,1,",
        "8,16,1,",
        "8,256,1,",
        "8,1,4,",
        "1,16,1,-cl-opt-disable",
        "8,16,2,-cl-opt-disable"
    })
    void agreesBitForBitWithTheReferenceHoweverItIsBuilt(int width, int group, int items, String options) {
        SearchTuning tuning = new SearchTuning(width, group, items, options == null ? "" : options);
        long seed = new SplittableRandom().nextLong();
        try (Searcher searcher = reduced.searcher(context, tuning)) {
            Proving proving = new Proving(reduced, searcher);

            assertThat(proving.knownAnswers()).isEqualTo(new Proving.Agreed(3, 3));
            assertThat(proving.randomPairs(160, 1_925_000, new SplittableRandom(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(160);
        }
    }

    @Test
    void solvesThePublicBlockOnATableOfRealSizeOfWhichItMakesOnlyWhatIsRead() {
        try (Searcher searcher = autolykos2.searcher(context, TUNING)) {
            assertThat(new Proving(autolykos2, searcher).knownAnswers()).isEqualTo(new Proving.Agreed(1, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,16", "8,16"})
    void findsElementsInHoweverManyPieces(int width, int group) {
        SearchTuning tuning = new SearchTuning(width, group, 1, "");
        for (long pieceBytesMax : new long[] {64 * 1024, 20_000, 16 * 1024}) {
            try (Searcher searcher = reduced.searcher(context, tuning, pieceBytesMax)) {
                assertThat(new Proving(reduced, searcher).randomPairs(64, 7, new SplittableRandom(7)))
                        .isEqualTo(64);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x3c6ef372fe94f82bUL,0x3c6ef372fe94f82aUL",
        "(lane)40,(lane)41",
        "READS 32,READS 31",
        "swap_bytes(1023),swap_bytes(1022)"
    })
    void isCaughtByTheProvingStepWhenAConstantIsWrong(String right, String wrong) {
        String source = Autolykos2.FOLDER.kernel("autolykos2.cl");
        assertThat(source).contains(right);
        Autolykos2 corrupted = new Autolykos2(TableSize.REDUCED, source.replace(right, wrong));
        try (Searcher searcher = corrupted.searcher(context, TUNING)) {
            assertThatThrownBy(() -> new Proving(corrupted, searcher).randomPairs(16, 0, new SplittableRandom(1)))
                    .isInstanceOf(DeviceWrongException.class);
        }
    }

    @Test
    void makesTheTableAnewAtEachHeight() {
        Header next = new Header(new byte[32], 1);
        try (Searcher searcher = ready(HEADER)) {
            assertThatThrownBy(() -> searcher.submit(new Work(next, Target.EASIEST), new NonceRange(0, 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("height 1 is not prepared");

            assertThat(new Proving(reduced, searcher).randomPairs(16, 1, new SplittableRandom(3)))
                    .isEqualTo(16);
        }
    }

    @Test
    void reportsHitsThatDidNotFitInsteadOfLosingThemSilently() {
        try (Searcher searcher = ready(HEADER)) {
            BatchResult result = searcher.submit(new Work(HEADER, Target.EASIEST), new NonceRange(5, 1_001))
                    .await();

            assertThat(result.nonces()).hasSize(SearchSlots.HIT_CAPACITY).doesNotHaveDuplicates();
            assertThat(result.nonces()).allMatch(result.range()::contains);
            assertThat(result.lost()).isEqualTo(1_001 - SearchSlots.HIT_CAPACITY);
        }
    }

    @Test
    void searchesTheLastNoncesOf64BitsAndNotOneMore() {
        try (Searcher searcher = ready(HEADER)) {
            BatchResult result = searcher.submit(new Work(HEADER, Target.EASIEST), new NonceRange(-3, 3))
                    .await();

            assertThat(result.nonces()).containsExactlyInAnyOrder(-3L, -2L, -1L);
        }
    }

    @Test
    void givesItsMemoryBack() {
        long before = context.memoryBytesLeft();

        ready(HEADER).close();

        assertThat(context.memoryBytesLeft()).isEqualTo(before);
    }
}

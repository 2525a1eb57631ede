package filon.mining.algorithm.scrypt;

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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fails, and is meant to, where there is no OpenCL platform. */
class ScryptOnDeviceTest {
    private static final SearchTuning TUNING = new SearchTuning(8, 1, 1, "");
    private final Scrypt scrypt = new Scrypt();
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
        "1,16,1,16,",
        "4,64,1,16,",
        "4,16,2,16,",
        "8,256,1,16,",
        "8,32,4,16,",
        "16,16,2,16,",
        "16,128,1,16,",
        "16,1,4,320,",
        "4,256,1,16,-cl-opt-disable",
        "8,16,2,16,-cl-opt-disable",
        "16,16,4,16,-cl-opt-disable"
    })
    void agreesBitForBitWithTheReferenceHoweverItIsBuilt(int width, int group, int chains, int pairs, String options) {
        SearchTuning tuning = new SearchTuning(width, group, chains, options == null ? "" : options);
        long seed = new SplittableRandom().nextLong();
        try (Searcher searcher = scrypt.searcher(context, tuning)) {
            Proving proving = new Proving(scrypt, searcher);

            assertThat(proving.knownAnswers()).isEqualTo(new Proving.Agreed(5, 5));
            assertThat(proving.randomPairs(pairs, 0, new SplittableRandom(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(pairs);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x428a2f98,0x428a2f99",
        "0x5be0cd19,0x5be0cd18",
        "(row)13u,(row)12u",
        "ENTRIES 1024,ENTRIES 1023",
        "i < ENTRIES; i++,i + 1 < ENTRIES; i++",
        "8 * (64 + 132),8 * (64 + 131)"
    })
    void isCaughtByTheProvingStepWhenAConstantIsWrong(String right, String wrong) {
        String source = Scrypt.FOLDER.kernel("scrypt.cl");
        assertThat(source).contains(right);
        Scrypt corrupted = new Scrypt(source.replace(right, wrong));
        try (Searcher searcher = corrupted.searcher(context, TUNING)) {
            assertThatThrownBy(() -> new Proving(corrupted, searcher).knownAnswers())
                    .isInstanceOf(DeviceWrongException.class)
                    .hasMessageContaining("genesis");
        }
    }

    @Test
    void reportsHitsThatDidNotFitInsteadOfLosingThemSilently() {
        Work work = new Work(scrypt.knownAnswers().getFirst().header(), Target.EASIEST);
        try (Searcher searcher = scrypt.searcher(context, TUNING)) {
            BatchResult result = searcher.submit(work, new NonceRange(5, 1_001)).await();

            assertThat(result.nonces()).hasSize(SearchSlots.HIT_CAPACITY).doesNotHaveDuplicates();
            assertThat(result.nonces()).allMatch(result.range()::contains);
            assertThat(result.lost()).isEqualTo(1_001 - SearchSlots.HIT_CAPACITY);
        }
    }

    @Test
    void triesEachNonceOfARangeOnceWhereverTheRangeEnds() {
        Work work = new Work(scrypt.knownAnswers().getFirst().header(), Target.EASIEST);
        try (Searcher searcher = scrypt.searcher(context, new SearchTuning(16, 1, 4, ""))) {
            for (int count : new int[] {1, 15, 16, 17, 33, 100, 255}) {
                BatchResult result =
                        searcher.submit(work, new NonceRange(1_000, count)).await();

                List<Long> expected = new ArrayList<>();
                for (long nonce = 1_000; nonce < 1_000 + count; nonce++) {
                    expected.add(nonce);
                }
                assertThat(result.nonces()).as("%d nonces", count).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(result.lost()).isZero();
            }
        }
    }

    @Test
    void searchesTheLastNonceAndNotOneMore() {
        Work work = new Work(scrypt.knownAnswers().getFirst().header(), Target.EASIEST);
        try (Searcher searcher = scrypt.searcher(context, TUNING)) {
            BatchResult result =
                    searcher.submit(work, new NonceRange(Scrypt.NONCES - 3, 3)).await();

            assertThat(result.nonces()).containsExactlyInAnyOrder(4_294_967_293L, 4_294_967_294L, 4_294_967_295L);
            assertThatThrownBy(() -> searcher.submit(work, new NonceRange(Scrypt.NONCES - 3, 4)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keepsQueuedBatchesApart() {
        KnownAnswer genesis = scrypt.knownAnswers().get(0);
        KnownAnswer second = scrypt.knownAnswers().get(1);
        try (Searcher searcher = scrypt.searcher(context, TUNING)) {
            var one = searcher.submit(
                    new Work(genesis.header(), new Target(genesis.digest().hash())),
                    new NonceRange(genesis.nonce() - 100, 200));
            var two = searcher.submit(
                    new Work(second.header(), new Target(second.digest().hash())),
                    new NonceRange(second.nonce() - 100, 200));
            var three = searcher.submit(
                    new Work(genesis.header(), new Target(genesis.digest().hash())),
                    new NonceRange(genesis.nonce() - 100, 200));
            var four = searcher.submit(
                    new Work(genesis.header(), new Target(genesis.digest().hash())),
                    new NonceRange(genesis.nonce() - 100, 200));

            assertThatThrownBy(() -> searcher.submit(new Work(genesis.header(), Target.EASIEST), new NonceRange(0, 1)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(one.await().nonces()).containsExactly(genesis.nonce());
            assertThat(two.await().nonces()).containsExactly(second.nonce());
            assertThat(three.await().nonces()).containsExactly(genesis.nonce());
            assertThat(four.await().nonces()).containsExactly(genesis.nonce());
        }
    }

    @Test
    void refusesWorkGroupsWhosePadsDoNotFitTheDevice() {
        // Given: 4096 work-items of 16 hashes of 128 KiB, 8 GiB in one piece
        SearchTuning huge = new SearchTuning(16, 4_096, 4, "");
        long needed = 4_096L * 16 * ScryptSearcher.PAD_BYTES;
        assertThat(context.memoryBytesFree()).isLessThan(needed);

        // When / Then
        assertThatThrownBy(() -> scrypt.searcher(context, huge))
                .isInstanceOf(OpenClException.class)
                .hasMessageContaining(Long.toString(needed))
                .hasMessageContaining(context.deviceName());
    }

    @Test
    void givesItsMemoryBack() {
        long before = context.memoryBytesFree();

        scrypt.searcher(context, TUNING).close();

        assertThat(context.memoryBytesFree()).isEqualTo(before);
        assertThatThrownBy(() -> context.memory(before + 1)).hasMessageContaining("is not within 1 to " + before);
    }
}

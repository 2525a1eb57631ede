package filon.mining.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.device.Device;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.engine.Proving;
import filon.mining.opencl.OpenClContext;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each algorithm offers to try, on the first device. */
class TuningsTest {
    private static final int CANDIDATES_MAX = 64;
    private static OpenClContext context;
    private static Device device;

    @BeforeAll
    static void openTheFirstDevice() {
        device = Devices.select(DeviceSelector.first());
        context = Devices.open(device);
    }

    @AfterAll
    static void closeIt() {
        context.close();
    }

    static Stream<String> algorithms() {
        return ProofsOfWork.all().stream().map(ProofOfWork::name);
    }

    static Stream<String> algorithmsWithTables() {
        return ProofsOfWork.all().stream()
                .filter(algorithm -> algorithm.reduced() != algorithm)
                .map(ProofOfWork::name);
    }

    private static List<SearchTuning> tunings(ProofOfWork algorithm) {
        return algorithm.tunings(device.integerVectorWidth(), device.workGroupSizeMax());
    }

    private static void prove(ProofOfWork reduced, SearchTuning tuning, long seed) {
        try (Searcher searcher = reduced.searcher(context, tuning)) {
            assertThat(new Proving(reduced, searcher).randomPairs(16, 0, new SplittableRandom(seed)))
                    .as("%s, seed %d", tuning, seed)
                    .isEqualTo(16);
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void areFewAndDistinctAndBeginWithTheUsualOne(String name) {
        ProofOfWork algorithm = ProofsOfWork.of(name);
        for (int width : List.of(1, 4, 8, 16)) {
            for (int groupMax : List.of(64, 256, 4096)) {
                List<SearchTuning> tunings = algorithm.tunings(width, groupMax);

                assertThat(tunings).startsWith(algorithm.tuningFor(width, groupMax));
                assertThat(tunings).hasSizeBetween(2, CANDIDATES_MAX).doesNotHaveDuplicates();
                assertThat(tunings).allMatch(tuning -> tuning.workGroupSize() <= groupMax);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void areBuiltAndComputeRight(String name) {
        ProofOfWork reduced = ProofsOfWork.of(name).reduced();
        List<SearchTuning> tunings = tunings(reduced);
        long seed = new SplittableRandom().nextLong();

        prove(reduced, tunings.get(new SplittableRandom(seed).nextInt(tunings.size())), seed);
        prove(reduced, tunings.getLast(), seed);
    }

    /** Minutes of compiling. */
    @Tag("heavy")
    @ParameterizedTest
    @MethodSource("algorithms")
    void areAllBuiltAndComputeRight(String name) {
        ProofOfWork reduced = ProofsOfWork.of(name).reduced();
        long seed = new SplittableRandom().nextLong();

        tunings(reduced).forEach(tuning -> prove(reduced, tuning, seed));
    }

    @ParameterizedTest
    @MethodSource("algorithmsWithTables")
    void shareTheTableOfTheirHost(String name) {
        ProofOfWork reduced = ProofsOfWork.of(name).reduced();
        SearchTuning usual = tunings(reduced).getFirst();
        SearchTuning other = tunings(reduced).getLast();
        Header header = Header.of(new byte[reduced.prefixLength()]);
        try (Searcher host = reduced.searcher(context, usual)) {
            new Proving(reduced, host).randomPairs(16, 0, new SplittableRandom());
            long left = context.memoryBytesLeft();

            // When
            try (Searcher guest = host.retuned(other).orElseThrow()) {
                long taken = left - context.memoryBytesLeft();

                // Then
                assertThat(taken).isLessThan(64 * 1024);
                assertThat(new Proving(reduced, guest).randomPairs(32, 0, new SplittableRandom()))
                        .isEqualTo(32);
                assertThat(context.memoryBytesLeft()).isEqualTo(left - taken);
            }
            assertThat(host.prepare(header).isReady()).isTrue();
            new Proving(reduced, host).randomPairs(16, 0, new SplittableRandom());
        }
    }

    @ParameterizedTest
    @MethodSource("algorithmsWithTables")
    void areRefusedByAHostThatCannotBuildThem(String name) {
        ProofOfWork reduced = ProofsOfWork.of(name).reduced();
        try (Searcher host = reduced.searcher(context, tunings(reduced).getFirst())) {
            assertThatThrownBy(() -> host.retuned(SearchTuning.of("2,1,1")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name.equals("etchash") ? "ethash" : name);
        }
    }
}

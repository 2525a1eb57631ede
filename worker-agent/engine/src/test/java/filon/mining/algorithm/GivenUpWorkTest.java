package filon.mining.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kernel in its forms for CPUs and for GPUs. */
class GivenUpWorkTest {
    private static final int BATCH = 1_000;
    private static final long LONG_BATCH_FIRST = 1L << 23;
    private static final long LONG_NANOS = 300_000_000;

    private static OpenClContext context;

    @BeforeAll
    static void openTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
    }

    @AfterAll
    static void closeIt() {
        context.close();
    }

    static Stream<Arguments> kernels() {
        return ProofsOfWork.all().stream().map(ProofOfWork::reduced).flatMap(algorithm -> Stream.of(16, 1)
                .map(width -> Arguments.of(algorithm.name(), width, algorithm.tuningFor(width, 64), algorithm)));
    }

    private static Header prepared(Searcher searcher, ProofOfWork algorithm) {
        byte[] prefix = new byte[algorithm.prefixLength()];
        prefix[0] = 1;
        Header header = Header.of(prefix);
        boolean isReady;
        do {
            isReady = searcher.prepare(header).isReady();
        } while (!isReady);
        return header;
    }

    @ParameterizedTest(name = "{0}, vector width {1}")
    @MethodSource("kernels")
    void isLeftOutAndCountedWhileNewerWorkIsSearched(
            String name, int vectorWidth, SearchTuning tuning, ProofOfWork algorithm) {
        try (Searcher searcher = algorithm.searcher(context, tuning)) {
            Header header = prepared(searcher, algorithm);
            NonceRange range = new NonceRange(7, BATCH);

            // When
            searcher.giveUpBelow(5);
            Batch older = searcher.submit(new Work(header, Target.EASIEST, 4), range);
            Batch newer = searcher.submit(new Work(header, Target.EASIEST, 5), range);
            Batch never = searcher.submit(new Work(header, Target.EASIEST), range);

            // Then
            BatchResult left = older.await();
            assertThat(left.tried()).isZero();
            assertThat(left.nonces()).isEmpty();
            for (BatchResult whole : List.of(newer.await(), never.await())) {
                assertThat(whole.tried()).isEqualTo(BATCH);
                assertThat(whole.nonces().size() + whole.lost()).isEqualTo(BATCH);
            }
        }
    }

    @Test
    void isNotWaitedForUntilItsEndWasExpected() {
        ProofOfWork sha256d = ProofsOfWork.of("sha256d");
        try (Searcher searcher = sha256d.searcher(context, sha256d.tuningFor(16, 64))) {
            // Given
            Header header = prepared(searcher, sha256d);
            Work old = new Work(header, Target.ofHex("01"), 1);
            NonceRange range = new NonceRange(0, LONG_BATCH_FIRST);
            long expectedNanos = nanosOf(searcher.submit(old, range));
            while (expectedNanos < LONG_NANOS && range.count() < searcher.batchLengthMax()) {
                range = new NonceRange(0, 2 * range.count());
                expectedNanos = nanosOf(searcher.submit(old, range));
            }
            Batch given = searcher.submit(old, range);
            Thread waiting = Thread.currentThread();
            Thread.ofPlatform().daemon().start(() -> {
                while (waiting.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                searcher.giveUpBelow(2);
            });

            // When
            long nanos = nanosOf(given);

            // Then
            assertThat(nanos).isLessThan(expectedNanos / 2);
        }
    }

    private static long nanosOf(Batch batch) {
        long begin = System.nanoTime();
        batch.await();
        return System.nanoTime() - begin;
    }
}

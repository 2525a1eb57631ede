package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.TuningGrid;
import filon.mining.opencl.OpenClBuildException;
import filon.mining.opencl.OutOfDeviceMemoryException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On a device and a clock that are made up. */
class TunerTest {
    private static final Duration BUDGET = Duration.ofSeconds(30);
    private static final SearchTuning USUAL = SearchTuning.of("16,16,64");
    private static final SearchTuning WIDE_GROUPS = SearchTuning.of("16,64,64");
    private static final SearchTuning NARROW = SearchTuning.of("8,16,64");

    private final MadeUpDevice device = new MadeUpDevice();
    private final StringWriter out = new StringWriter();

    private final class MadeUpDevice implements Trials {
        private final Map<SearchTuning, Double> rates = new HashMap<>(Map.of(USUAL, 100e6));
        private final Map<SearchTuning, RuntimeException> failures = new HashMap<>();
        private final List<SearchTuning> opened = new ArrayList<>();
        private Duration build = Duration.ofMillis(500);
        private Supplier<Double> speed = () -> 1.0;
        private int open;
        private long nanos;

        @Override
        public Trial of(SearchTuning tuning) {
            nanos += build.toNanos();
            opened.add(tuning);
            if (failures.containsKey(tuning)) {
                throw failures.get(tuning);
            }
            open++;
            return new MadeUpTrial(tuning);
        }

        private final class MadeUpTrial implements Trial {
            private final SearchTuning tuning;

            MadeUpTrial(SearchTuning tuning) {
                this.tuning = tuning;
            }

            @Override
            public double rate(Slice slice) {
                nanos += slice.time().toNanos() + slice.batch().toNanos();
                return rates.get(tuning) * speed.get();
            }

            @Override
            public void close() {
                open--;
            }
        }
    }

    private TuningReport tuned(SearchTuning... others) {
        List<SearchTuning> candidates = new ArrayList<>(List.of(USUAL));
        candidates.addAll(List.of(others));
        return tuned(candidates);
    }

    private TuningReport tuned(List<SearchTuning> candidates) {
        return new Tuner(device, () -> device.nanos, BUDGET, new PrintWriter(out, true)).tune(candidates);
    }

    @Test
    void choosesTheFastestCandidate() {
        // Given
        device.rates.put(WIDE_GROUPS, 130e6);
        device.rates.put(NARROW, 110e6);

        // When
        TuningReport report = tuned(WIDE_GROUPS, NARROW);

        // Then
        assertThat(report.chosen()).isEqualTo(WIDE_GROUPS);
        assertThat(report.gain()).isBetween(0.299, 0.301);
        assertThat(out.toString()).contains("16,64,64: 130.00 MH/s, +30.0 %", "8,16,64: 110.00 MH/s, +10.0 %");
    }

    @Test
    void keepsTheUsualTuningWhereTheGainIsTwoPerCent() {
        device.rates.put(WIDE_GROUPS, 102e6);

        TuningReport report = tuned(WIDE_GROUPS);

        assertThat(report.chosen()).isEqualTo(USUAL);
        assertThat(report.gain()).isZero();
        assertThat(report.confirmation()).map(TriedTuning.Measured::tuning).contains(WIDE_GROUPS);
    }

    @Test
    void keepsTheUsualTuningWhereAGainDoesNotComeAgain() {
        // Given
        device.rates.put(WIDE_GROUPS, 150e6);
        device.speed = () -> {
            if (device.opened.size() > 2) {
                device.rates.put(WIDE_GROUPS, 90e6);
            }
            return 1.0;
        };

        // When
        TuningReport report = tuned(WIDE_GROUPS);

        // Then
        assertThat(report.measured().getFirst().rates().ratio()).isEqualTo(1.5);
        assertThat(report.chosen()).isEqualTo(USUAL);
    }

    @Test
    void measuresNothingAgainWhereNothingIsFaster() {
        device.rates.put(WIDE_GROUPS, 99e6);

        TuningReport report = tuned(WIDE_GROUPS);

        assertThat(report.chosen()).isEqualTo(USUAL);
        assertThat(report.confirmation()).isEmpty();
    }

    @Test
    void seldomTakesASlowerTuningOnANoisyMachine() {
        // Given
        List<SearchTuning> slower = List.of(WIDE_GROUPS, NARROW, SearchTuning.of("16,32,64"));
        slower.forEach(tuning -> device.rates.put(tuning, 97e6));

        // When
        long taken = IntStream.range(0, 200)
                .filter(seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    device.speed = () -> Math.exp(0.2 * random.nextGaussian());
                    return tuned(slower.toArray(SearchTuning[]::new)).isConfirmed();
                })
                .count();

        // Then
        assertThat(taken).isLessThanOrEqualTo(4);
    }

    @Test
    void isNotDeceivedByAMachineThatSlowsDown() {
        // Given
        device.rates.put(WIDE_GROUPS, 110e6);
        device.rates.put(NARROW, 90e6);
        device.speed = () -> 1 / (1 + device.nanos / 10e9);

        // When
        TuningReport report = tuned(WIDE_GROUPS, NARROW);

        // Then
        assertThat(report.chosen()).isEqualTo(WIDE_GROUPS);
        assertThat(report.gain()).isBetween(0.07, 0.13);
    }

    @Test
    void leavesOutAndReportsWhatFails() {
        // Given
        device.rates.put(NARROW, 120e6);
        device.failures.put(WIDE_GROUPS, new DeviceWrongException("the device finds 0 of 1 expected hits"));
        device.failures.put(SearchTuning.of("16,128,64"), new OpenClBuildException("no such register"));
        device.failures.put(SearchTuning.of("16,256,64"), new OutOfDeviceMemoryException("9 bytes too few"));

        // When
        TuningReport report = tuned(WIDE_GROUPS, SearchTuning.of("16,128,64"), SearchTuning.of("16,256,64"), NARROW);

        // Then
        assertThat(report.leftOut())
                .extracting(TriedTuning.LeftOut::reason)
                .containsExactlyInAnyOrder(
                        "the device finds 0 of 1 expected hits", "no such register", "9 bytes too few");
        assertThat(report.chosen()).isEqualTo(NARROW);
        assertThat(out.toString()).contains("16,128,64: left out: no such register");
        assertThat(device.open).isZero();
    }

    @Test
    void failsWhereTheUsualTuningComputesWrong() {
        device.failures.put(USUAL, new DeviceWrongException("wrong"));

        assertThatThrownBy(() -> tuned(WIDE_GROUPS)).isInstanceOf(DeviceWrongException.class);
    }

    @Test
    void endsWithinItsTimeHoweverManyCandidatesThereAre() {
        // Given
        device.build = Duration.ofSeconds(2);
        List<SearchTuning> candidates = manyCandidates();
        candidates.forEach(tuning -> device.rates.put(tuning, 100e6 + tuning.workGroupSize()));

        // When
        TuningReport report = tuned(candidates);

        // Then
        assertThat(report.taken()).isLessThanOrEqualTo(BUDGET).isGreaterThan(BUDGET.dividedBy(2));
        assertThat(report.tried()).isNotEmpty();
        assertThat(report.tried().size() + report.untried()).isEqualTo(candidates.size() - 1);
    }

    /** More than there is time for. */
    private static List<SearchTuning> manyCandidates() {
        List<Integer> powers = List.of(16, 8, 4, 2);
        return new TuningGrid(powers, powers, powers).beside(USUAL, 256);
    }

    @Test
    void triesFirstWhatDiffersLeastFromTheBestSoFar() {
        // Given
        device.rates.put(WIDE_GROUPS, 120e6);
        List<SearchTuning> others = List.of(
                SearchTuning.of("4,16,64"), SearchTuning.of("8,128,1"), SearchTuning.of("16,128,64"), WIDE_GROUPS);
        others.forEach(tuning -> device.rates.putIfAbsent(tuning, 90e6));

        // When
        tuned(others.toArray(SearchTuning[]::new));

        // Then
        assertThat(device.opened)
                .extracting(SearchTuning::toString)
                .containsExactly("16,16,64", "4,16,64", "16,64,64", "16,128,64", "8,128,1", "16,64,64");
    }

    @Test
    void doesNotConfirmWhatFailsTheSecondTime() {
        // Given
        device.rates.put(WIDE_GROUPS, 150e6);
        device.speed = () -> {
            if (device.opened.contains(WIDE_GROUPS)) {
                device.failures.put(WIDE_GROUPS, new OutOfDeviceMemoryException("taken meanwhile"));
            }
            return 1.0;
        };

        // When
        TuningReport report = tuned(WIDE_GROUPS);

        // Then
        assertThat(report.chosen()).isEqualTo(USUAL);
        assertThat(report.confirmation()).isEqualTo(Optional.empty());
        assertThat(out.toString()).contains("at its confirmation: taken meanwhile");
    }
}

package filon.mining.engine;

import static org.assertj.core.api.Assertions.assertThat;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.sha256d.OtherSha256d;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches for a tuning on a real device. The tuner's clock stands still, so that each candidate has its turn. */
class DeviceTrialsTest {
    private static final SearchTuning USUAL = SearchTuning.of("16,16,64");
    private static final SearchTuning WRONG = SearchTuning.of("8,16,64");
    private static final SearchTuning RIGHT = SearchTuning.of("16,32,64");
    private static final Duration BUDGET = Duration.ofSeconds(1);

    private final StringWriter out = new StringWriter();
    private OpenClContext context;

    @BeforeEach
    void openTheFirstDevice() {
        context = Devices.open(Devices.select(DeviceSelector.first()));
    }

    @AfterEach
    void closeIt() {
        context.close();
    }

    private TuningReport tuned(ProofOfWork algorithm, List<SearchTuning> candidates) {
        try (DeviceTrials trials = new DeviceTrials(context, algorithm, candidates.getFirst(), 0)) {
            trials.prepare(_ -> {});
            return new Tuner(trials, new AtomicLong()::get, BUDGET, new PrintWriter(out, true)).tune(candidates);
        }
    }

    @Test
    void leaveOutACandidateThatComputesWrong() {
        TuningReport report = tuned(OtherSha256d.wrongWithVectorsOfEight(), List.of(USUAL, WRONG, RIGHT));

        assertThat(report.leftOut()).extracting(TriedTuning.LeftOut::tuning).containsExactly(WRONG);
        assertThat(report.measured()).extracting(TriedTuning.Measured::tuning).containsExactly(RIGHT);
        assertThat(report.chosen()).isIn(USUAL, RIGHT);
        assertThat(out.toString()).contains("8,16,64: left out: the device finds ");
    }

    @Test
    void leaveOutACandidateThatIsNotBuildable() {
        TuningReport report =
                tuned(ProofsOfWork.of("scrypt"), List.of(SearchTuning.of("16,1,4"), SearchTuning.of("16,1,8")));

        assertThat(report.leftOut().getFirst().reason()).contains("scrypt with 8 vectors per work-item");
    }

    @Test
    void measureRatesOfWhatTheyOpen() {
        TuningReport report = tuned(ProofsOfWork.of("sha256d"), List.of(USUAL, RIGHT));

        PairedRates rates = report.measured().getFirst().rates();
        assertThat(rates.hashesPerSecond()).isGreaterThan(100_000);
        assertThat(rates.usualHashesPerSecond()).isGreaterThan(100_000);
    }
}

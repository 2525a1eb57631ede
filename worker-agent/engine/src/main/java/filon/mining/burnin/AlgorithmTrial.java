package filon.mining.burnin;

import filon.mining.algorithm.Header;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.engine.Benchmark;
import filon.mining.engine.Proving;
import filon.mining.opencl.OpenClContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One algorithm on one device: its known answers, its rate, and its answers once more while the device is warm.
 *
 * @param time of each run of a measurement
 */
record AlgorithmTrial(
        ProofOfWork algorithm, SearchTuning tuning, Duration time, Clock clock, Consumer<String> progress) {
    static final int RUNS = 5;

    private static final Duration BATCH = Duration.ofMillis(100);
    private static final long PROGRESS_NANOS = 2_000_000_000L;
    private static final int PAIRS = 1_024;
    private static final int PAIRS_OF_A_TABLE = 64;

    /**
     * Every public known answer, then random pairs on tables of reduced size.
     *
     * @return what agreed, for people
     * @throws filon.mining.algorithm.DeviceWrongException if anything differs
     */
    String knownAnswers(OpenClContext context) {
        progress.accept(algorithm.name() + ": known answers");
        ProofOfWork reduced = algorithm.reduced();
        String full = reduced == algorithm ? "" : agreed(context, algorithm) + "; of reduced size ";
        try (Searcher searcher = reduced.searcher(context, tuning)) {
            Proving proving = new Proving(reduced, searcher);
            String answers = said(proving.knownAnswers());
            progress.accept(algorithm.name() + ": random pairs");
            int pairs = proving.randomPairs(PAIRS, 0, new SplittableRandom());
            return full + answers + "; " + pairs + " random pairs agree bit for bit";
        }
    }

    private String agreed(OpenClContext context, ProofOfWork whole) {
        try (Searcher searcher = whole.searcher(context, tuning)) {
            return said(new Proving(whole, searcher).knownAnswers());
        }
    }

    private static String said(Proving.Agreed agreed) {
        return agreed.onDevice() + " of " + agreed.onCpu() + " known answers on the device"
                + (agreed.onDevice() < agreed.onCpu() ? ", the others' tables are larger than its memory" : "");
    }

    /**
     * The rate of several runs; the answers are compared with the CPU's before them, and once more while the device is warm.
     *
     * @throws filon.mining.algorithm.DeviceWrongException if the device computes wrong before or after the runs
     * @throws filon.mining.opencl.OutOfDeviceMemoryException if the device has no room for the algorithm's table
     */
    MeasuredRate rate(OpenClContext context) {
        byte[] prefix = new byte[algorithm.prefixLength()];
        Arrays.fill(prefix, (byte) 0x5a);
        Header header = new Header(prefix, 0);
        try (Searcher searcher = algorithm.searcher(context, tuning)) {
            Proving proving = new Proving(algorithm, searcher);
            prepare(searcher, header);
            proving.randomPairs(PAIRS_OF_A_TABLE, 0, new SplittableRandom());
            MeasuredRate rate = rate(searcher, header);
            proving.randomPairs(PAIRS_OF_A_TABLE, 0, new SplittableRandom());
            return rate;
        }
    }

    private MeasuredRate rate(Searcher searcher, Header header) {
        prepare(searcher, header);
        Benchmark benchmark = new Benchmark(algorithm, searcher, System::nanoTime, BATCH);
        benchmark.slice(header, time.dividedBy(2));
        Stopwatch watch = Stopwatch.started();
        List<Double> rates = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            progress.accept(algorithm.name() + ": measuring, run " + run + " of " + RUNS);
            rates.add(benchmark.slice(header, time).hashesPerSecond());
        }
        return MeasuredRate.of(algorithm.name(), rates, watch.seconds(), clock.instant());
    }

    private void prepare(Searcher searcher, Header header) {
        long said = System.nanoTime();
        Progress step = searcher.prepare(header);
        while (!step.isReady()) {
            if (System.nanoTime() - said > PROGRESS_NANOS) {
                said = System.nanoTime();
                progress.accept(algorithm.name() + ": " + step.what() + ", " + step.percent() + " %");
            }
            step = searcher.prepare(header);
        }
    }
}

package filon.mining.engine;

import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.opencl.OpenClContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Trials on a device. A table is made once, by a searcher of the usual tuning, and all trials search on it; without tables each trial has
 * a device's memory to itself but for the usual tuning's, which stays open beside it.
 */
public final class DeviceTrials implements Trials, AutoCloseable {
    private static final int PAIRS = 64;

    private final OpenClContext context;
    private final ProofOfWork algorithm;
    private final Header header;
    private final Optional<Searcher> host;

    /**
     * @param usual what the table is made with, where the algorithm has one
     * @param height that gives the table its size
     */
    public DeviceTrials(OpenClContext context, ProofOfWork algorithm, SearchTuning usual, long height) {
        this.context = context;
        this.algorithm = algorithm;
        byte[] prefix = new byte[algorithm.prefixLength()];
        Arrays.fill(prefix, (byte) 0x5a);
        this.header = new Header(prefix, height);
        this.host = hasTables() ? Optional.of(algorithm.searcher(context, usual)) : Optional.empty();
    }

    private boolean hasTables() {
        return algorithm.reduced() != algorithm;
    }

    /** Makes the table, where there is one, and tells each step. */
    public void prepare(Consumer<Progress> listener) {
        host.ifPresent(searcher -> prepare(searcher, listener));
    }

    private void prepare(Searcher searcher, Consumer<Progress> listener) {
        Progress progress = searcher.prepare(header);
        while (!progress.isReady()) {
            listener.accept(progress);
            progress = searcher.prepare(header);
        }
    }

    @Override
    public Trial of(SearchTuning tuning) {
        Searcher searcher =
                host.flatMap(made -> made.retuned(tuning)).orElseGet(() -> algorithm.searcher(context, tuning));
        try {
            prove(searcher);
            prepare(searcher, _ -> {});
            return new DeviceTrial(searcher);
        } catch (RuntimeException e) {
            searcher.close();
            throw e;
        }
    }

    /** Known answers are of other tables than the one that is there; on it random pairs fix all bits as well. */
    private void prove(Searcher searcher) {
        Proving proving = new Proving(algorithm, searcher);
        try {
            if (!hasTables()) {
                proving.knownAnswers();
            }
            proving.randomPairs(PAIRS, header.height(), new SplittableRandom());
        } catch (DeviceWrongException e) {
            // the device may be sound and the binary not: the next start compiles
            context.programs().distrust();
            throw e;
        }
    }

    private final class DeviceTrial implements Trial {
        private final Searcher searcher;
        private final Map<Duration, Benchmark> benchmarks = new HashMap<>();

        DeviceTrial(Searcher searcher) {
            this.searcher = searcher;
        }

        @Override
        public double rate(Slice slice) {
            return benchmarks
                    .computeIfAbsent(
                            slice.batch(), wanted -> new Benchmark(algorithm, searcher, System::nanoTime, wanted))
                    .slice(header, slice.time())
                    .hashesPerSecond();
        }

        @Override
        public void close() {
            searcher.close();
        }
    }

    @Override
    public void close() {
        host.ifPresent(Searcher::close);
    }
}

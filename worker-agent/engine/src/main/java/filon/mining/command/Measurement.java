package filon.mining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.contracts.value.HashRate;
import filon.mining.algorithm.Bound;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.device.Device;
import filon.mining.device.Devices;
import filon.mining.engine.Benchmark;
import filon.mining.engine.DeviceLimits;
import filon.mining.engine.Proving;
import filon.mining.engine.TuningChoice;
import filon.mining.engine.TuningStore;
import filon.mining.opencl.OpenClContext;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code --benchmark}: a proved kernel at full speed, beside what the device was measured to do at most just before.
 *
 * @param height that gives the table its size
 * @param chosen a tuning, or empty for the stored one, else the device's usual one
 * @param batch how long a batch is wanted to take
 */
record Measurement(
        PrintWriter out,
        Device device,
        ProofOfWork algorithm,
        int height,
        String chosen,
        Duration batch,
        Format format) {
    static final String MARKDOWN_HEAD = """
            | algorithm | rate | least, median, most of ten slices | ready after | bound | share of the bound | device busy | tuning |
            |---|---|---|---|---|---|---|---|""";
    private static final long PROGRESS_NANOS = 2_000_000_000L;
    private static final int PAIRS = 16;

    int run(Duration time) throws JsonProcessingException {
        TuningChoice choice = chosen.isEmpty()
                ? TuningStore.configured().choice(device, algorithm)
                : new TuningChoice(SearchTuning.of(chosen), "as asked for");
        try (OpenClContext context = Devices.open(device)) {
            DeviceLimits limits = DeviceLimits.of(context);
            try (Searcher searcher = algorithm.searcher(context, choice.tuning())) {
                new Proving(algorithm, searcher).knownAnswers();
                searcher.distrust();
                byte[] prefix = new byte[algorithm.prefixLength()];
                Arrays.fill(prefix, (byte) 0x5a);
                Header header = new Header(prefix, height);
                long preparingNanos = prepare(searcher, header);
                new Proving(algorithm, searcher).randomPairs(PAIRS, height, new SplittableRandom());
                prepare(searcher, header);
                Benchmark.Result result = new Benchmark(algorithm, searcher, System::nanoTime, batch).run(header, time);
                print(new Figures(result, limits, choice, preparingNanos));
                return 0;
            }
        }
    }

    private record Figures(Benchmark.Result result, DeviceLimits limits, TuningChoice choice, long preparingNanos) {}

    private void print(Figures figures) throws JsonProcessingException {
        switch (format) {
            case TEXT -> printText(figures);
            case JSON -> out.println(new ObjectMapper().writeValueAsString(fields(figures)));
            case MARKDOWN -> printRow(figures);
        }
    }

    private void printRow(Figures figures) {
        Benchmark.Result result = figures.result();
        Bound bound = algorithm.bound();
        out.printf(
                Locale.ROOT,
                "| `%s` | %s | %s, %s, %s | %.1f s | %.1f G/s: %,d %s per hash | %.0f %% | %.1f %% | `%s` |%n",
                algorithm.name(),
                rate(result.hashesPerSecond()),
                rate(result.spread().get(0)),
                rate(result.spread().get(1)),
                rate(result.spread().get(2)),
                figures.preparingNanos() / 1e9,
                figures.limits().of(bound.kind()) / 1e9,
                bound.perHash(),
                unit(bound.kind()),
                100 * share(figures),
                100.0 * result.deviceNanos() / result.nanos(),
                figures.choice().tuning());
    }

    private static HashRate rate(double hashesPerSecond) {
        return new HashRate((long) hashesPerSecond);
    }

    private void printText(Figures figures) {
        Benchmark.Result result = figures.result();
        out.printf(
                Locale.ROOT,
                "%s on %s: %s (%,d hashes in %.2f s, device busy %.1f %%)%n",
                algorithm.name(),
                device.name(),
                rate(result.hashesPerSecond()),
                result.hashes(),
                result.nanos() / 1e9,
                100.0 * result.deviceNanos() / result.nanos());
        out.printf(
                Locale.ROOT,
                "  slices: least %s, median %s, most %s%n",
                rate(result.spread().get(0)),
                rate(result.spread().get(1)),
                rate(result.spread().get(2)));
        out.println("  " + figures.choice());
        Bound bound = algorithm.bound();
        out.printf(
                Locale.ROOT,
                "  bound: %,d %s per hash, %.2f of the %.2f G/s that the device was measured to do: %.0f %%%n",
                bound.perHash(),
                unit(bound.kind()),
                bound.perHash() * result.hashesPerSecond() / 1e9,
                figures.limits().of(bound.kind()) / 1e9,
                100 * share(figures));
    }

    private static String unit(Bound.Kind kind) {
        return switch (kind) {
            case STREAM -> "bytes in order";
            case SCATTERED -> "bytes at random places";
            case INTEGER -> "integer operations";
        };
    }

    private double share(Figures figures) {
        Bound bound = algorithm.bound();
        return bound.perHash()
                * figures.result().hashesPerSecond()
                / figures.limits().of(bound.kind());
    }

    /** @return how long it took */
    private long prepare(Searcher searcher, Header header) {
        long begin = System.nanoTime();
        long said = begin;
        Progress progress = searcher.prepare(header);
        while (!progress.isReady()) {
            if (format == Format.TEXT && System.nanoTime() - said > PROGRESS_NANOS) {
                said = System.nanoTime();
                out.println(progress.what() + ": " + progress.percent() + " %");
            }
            progress = searcher.prepare(header);
        }
        long taken = System.nanoTime() - begin;
        if (format == Format.TEXT && taken > PROGRESS_NANOS) {
            out.printf(Locale.ROOT, "ready after %.1f s%n", taken / 1e9);
        }
        return taken;
    }

    private Map<String, Object> fields(Figures figures) {
        Benchmark.Result result = figures.result();
        DeviceLimits limits = figures.limits();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("algorithm", algorithm.name());
        fields.put("device", device.name());
        fields.put("deviceIndex", device.index());
        fields.put("driver", device.driver());
        fields.put("hashes", result.hashes());
        fields.put("seconds", result.nanos() / 1e9);
        fields.put("hashesPerSecond", result.hashesPerSecond());
        fields.put("hashesPerSecondLeast", result.spread().get(0));
        fields.put("hashesPerSecondMedian", result.spread().get(1));
        fields.put("hashesPerSecondMost", result.spread().get(2));
        fields.put("deviceBusyShare", (double) result.deviceNanos() / result.nanos());
        fields.put("preparingSeconds", figures.preparingNanos() / 1e9);
        fields.put("bound", algorithm.bound().kind().name().toLowerCase(Locale.ROOT));
        fields.put("boundPerHash", algorithm.bound().perHash());
        fields.put("shareOfBound", share(figures));
        fields.put("streamBytesPerSecond", limits.streamBytesPerSecond());
        fields.put("scatteredBytesPerSecond", limits.scatteredBytesPerSecond());
        fields.put("integerOperationsPerSecond", limits.integerOperationsPerSecond());
        SearchTuning tuning = figures.choice().tuning();
        fields.put("vectorWidth", tuning.vectorWidth());
        fields.put("workGroupSize", tuning.workGroupSize());
        fields.put("itemsPerThread", tuning.itemsPerThread());
        fields.put("tuningOrigin", figures.choice().origin());
        return fields;
    }
}

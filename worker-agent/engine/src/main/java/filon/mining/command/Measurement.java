package filon.mining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.contracts.value.HashRate;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.device.Device;
import filon.mining.device.Devices;
import filon.mining.engine.Benchmark;
import filon.mining.engine.Proving;
import filon.mining.opencl.OpenClContext;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code --benchmark}: a proved kernel at full speed. */
record Measurement(PrintWriter out, Device device, ProofOfWork algorithm, int height, String chosen, boolean json) {
    private static final long PROGRESS_NANOS = 2_000_000_000L;

    int run(Duration time) throws JsonProcessingException {
        SearchTuning tuning = chosen.isEmpty()
                ? algorithm.tuningFor(device.integerVectorWidth(), device.workGroupSizeMax())
                : SearchTuning.of(chosen);
        try (OpenClContext context = Devices.open(device);
                Searcher searcher = algorithm.searcher(context, tuning)) {
            new Proving(algorithm, searcher).knownAnswers();
            byte[] prefix = new byte[algorithm.prefixLength()];
            Arrays.fill(prefix, (byte) 0x5a);
            Header header = new Header(prefix, height);
            long preparingNanos = prepare(searcher, header);
            Benchmark.Result result = new Benchmark(algorithm, searcher, System::nanoTime).run(header, time);
            if (json) {
                out.println(new ObjectMapper().writeValueAsString(fields(result, tuning, preparingNanos)));
            } else {
                out.printf(
                        Locale.ROOT,
                        "%s on %s: %s (%,d hashes in %.2f s, device busy %.1f %%)%n",
                        algorithm.name(),
                        device.name(),
                        new HashRate((long) result.hashesPerSecond()),
                        result.hashes(),
                        result.nanos() / 1e9,
                        100.0 * result.deviceNanos() / result.nanos());
            }
            return 0;
        }
    }

    /** @return how long it took */
    private long prepare(Searcher searcher, Header header) {
        long begin = System.nanoTime();
        long said = begin;
        Progress progress = searcher.prepare(header);
        while (!progress.isReady()) {
            if (!json && System.nanoTime() - said > PROGRESS_NANOS) {
                said = System.nanoTime();
                out.println(progress.what() + ": " + progress.percent() + " %");
            }
            progress = searcher.prepare(header);
        }
        long taken = System.nanoTime() - begin;
        if (!json && taken > PROGRESS_NANOS) {
            out.printf(Locale.ROOT, "ready after %.1f s%n", taken / 1e9);
        }
        return taken;
    }

    private Map<String, Object> fields(Benchmark.Result result, SearchTuning tuning, long preparingNanos) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("algorithm", algorithm.name());
        fields.put("device", device.name());
        fields.put("deviceIndex", device.index());
        fields.put("driver", device.driver());
        fields.put("hashes", result.hashes());
        fields.put("seconds", result.nanos() / 1e9);
        fields.put("hashesPerSecond", result.hashesPerSecond());
        fields.put("deviceBusyShare", (double) result.deviceNanos() / result.nanos());
        fields.put("preparingSeconds", preparingNanos / 1e9);
        fields.put("vectorWidth", tuning.vectorWidth());
        fields.put("workGroupSize", tuning.workGroupSize());
        fields.put("itemsPerThread", tuning.itemsPerThread());
        return fields;
    }
}

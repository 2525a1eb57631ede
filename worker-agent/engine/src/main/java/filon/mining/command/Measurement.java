package filon.mining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import filon.contracts.value.HashRate;
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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code --benchmark}: a proved kernel at full speed. */
record Measurement(PrintWriter out, Device device, ProofOfWork algorithm, boolean json) {
    int run(Duration time) throws JsonProcessingException {
        SearchTuning tuning = algorithm.tuningFor(device.integerVectorWidth(), device.workGroupSizeMax());
        try (OpenClContext context = Devices.open(device);
                Searcher searcher = algorithm.searcher(context, tuning)) {
            new Proving(algorithm, searcher).knownAnswers();
            Benchmark.Result result = new Benchmark(algorithm, searcher, System::nanoTime).run(time);
            if (json) {
                out.println(new ObjectMapper().writeValueAsString(fields(result, tuning)));
            } else {
                out.printf(
                        Locale.ROOT,
                        "%s on %s: %s (%,d hashes in %.2f s, device busy %.1f %%)%n",
                        algorithm.name().label(),
                        device.name(),
                        new HashRate((long) result.hashesPerSecond()),
                        result.hashes(),
                        result.nanos() / 1e9,
                        100.0 * result.deviceNanos() / result.nanos());
            }
            return 0;
        }
    }

    private Map<String, Object> fields(Benchmark.Result result, SearchTuning tuning) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("algorithm", algorithm.name().label());
        fields.put("device", device.name());
        fields.put("deviceIndex", device.index());
        fields.put("driver", device.driver());
        fields.put("hashes", result.hashes());
        fields.put("seconds", result.nanos() / 1e9);
        fields.put("hashesPerSecond", result.hashesPerSecond());
        fields.put("deviceBusyShare", (double) result.deviceNanos() / result.nanos());
        fields.put("vectorWidth", tuning.vectorWidth());
        fields.put("workGroupSize", tuning.workGroupSize());
        fields.put("itemsPerThread", tuning.itemsPerThread());
        return fields;
    }
}

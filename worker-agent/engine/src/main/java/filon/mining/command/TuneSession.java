package filon.mining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Progress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.device.Device;
import filon.mining.device.Devices;
import filon.mining.engine.DeviceTrials;
import filon.mining.engine.Tuner;
import filon.mining.engine.TuningKey;
import filon.mining.engine.TuningReport;
import filon.mining.engine.TuningStore;
import filon.mining.opencl.OpenClContext;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * {@code --tune}: searches the best tuning of each algorithm and keeps it where it gains.
 *
 * @param height that gives tables their size
 */
record TuneSession(PrintWriter out, Device device, int height, Format format) {
    private static final long PROGRESS_NANOS = 2_000_000_000L;

    /**
     * @param budget for each algorithm, beside what the making of its table takes
     * @return 0, or 1 if a device computes wrong with an algorithm's usual tuning, or what was found cannot be kept
     */
    int run(List<ProofOfWork> algorithms, Duration budget) throws JsonProcessingException {
        PrintWriter progress = format == Format.TEXT ? out : new PrintWriter(PrintWriter.nullWriter(), false);
        progress.println("device " + device.index() + ": " + device.name() + ", driver " + device.driver());
        int code = 0;
        for (ProofOfWork algorithm : algorithms) {
            code = Math.max(code, run(algorithm, budget, progress));
        }
        return code;
    }

    private int run(ProofOfWork algorithm, Duration budget, PrintWriter progress) throws JsonProcessingException {
        try (OpenClContext context = Devices.open(device)) {
            List<SearchTuning> candidates = algorithm.tunings(device.integerVectorWidth(), device.workGroupSizeMax());
            progress.printf(
                    Locale.ROOT,
                    "%s: %d candidates beside %s, %d s%n",
                    algorithm.name(),
                    candidates.size() - 1,
                    candidates.getFirst(),
                    budget.toSeconds());
            return finish(algorithm, tuned(context, algorithm, budget, progress));
        } catch (DeviceWrongException e) {
            out.println(algorithm.name() + ": WRONG with its usual tuning: " + e.getMessage());
            return 1;
        }
    }

    private TuningReport tuned(OpenClContext context, ProofOfWork algorithm, Duration budget, PrintWriter progress) {
        List<SearchTuning> candidates = algorithm.tunings(device.integerVectorWidth(), device.workGroupSizeMax());
        try (DeviceTrials trials = new DeviceTrials(context, algorithm, candidates.getFirst(), height)) {
            prepare(trials, progress);
            return new Tuner(trials, System::nanoTime, budget, progress).tune(candidates);
        }
    }

    private static void prepare(DeviceTrials trials, PrintWriter progress) {
        long[] said = {System.nanoTime()};
        trials.prepare((Progress step) -> {
            if (System.nanoTime() - said[0] > PROGRESS_NANOS) {
                said[0] = System.nanoTime();
                progress.println(step.what() + ": " + step.percent() + " %");
            }
        });
    }

    /** @return 0, or 1 if what was found cannot be kept; it is printed all the same */
    private int finish(ProofOfWork algorithm, TuningReport report) throws JsonProcessingException {
        try {
            print(algorithm, report, TuningStore.configured().keep(TuningKey.of(device, algorithm), report));
            return 0;
        } catch (UncheckedIOException e) {
            print(algorithm, report, "not kept: " + e.getMessage());
            return 1;
        }
    }

    private void print(ProofOfWork algorithm, TuningReport report, String kept) throws JsonProcessingException {
        TuningTable table = new TuningTable(algorithm.name(), report, kept);
        out.println(format == Format.JSON ? table.json(device) : table.text());
    }
}

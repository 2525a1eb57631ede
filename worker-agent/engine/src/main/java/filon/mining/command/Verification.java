package filon.mining.command;

import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.device.Device;
import filon.mining.device.Devices;
import filon.mining.engine.Proving;
import filon.mining.engine.TuningChoice;
import filon.mining.engine.TuningStore;
import filon.mining.opencl.OpenClContext;
import java.io.PrintWriter;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * {@code --verify}: a kernel against the public record and the CPU.
 *
 * @param pairs random headers and nonces
 * @param isFullSize whether on whole tables of height 0 too; of reduced size else, where the algorithm has tables
 */
record Verification(PrintWriter out, Device device, ProofOfWork algorithm, int pairs, long seed, boolean isFullSize) {
    private static final int PAIRS_PER_STEP = 256;
    private static final long PROGRESS_NANOS = 2_000_000_000L;

    /** @return 0, or 1 if anything differs */
    int run() {
        try (OpenClContext context = Devices.open(device)) {
            return run(context);
        }
    }

    private int run(OpenClContext context) {
        try {
            out.println(algorithm.name() + ": " + choice());
            ProofOfWork reduced = algorithm.reduced();
            if (reduced != algorithm) {
                knownAnswers(context);
            }
            if (reduced != algorithm && isFullSize) {
                pairsOfFullSize(context);
            }
            randomPairs(context, reduced);
            out.println(algorithm.name() + ": verified");
            return 0;
        } catch (DeviceWrongException e) {
            context.programs().distrust();
            out.println(algorithm.name() + ": WRONG, seed " + seed + ": " + e.getMessage());
            return 1;
        }
    }

    private TuningChoice choice() {
        return TuningStore.configured().choice(device, algorithm);
    }

    private SearchTuning tuning() {
        return choice().tuning();
    }

    private void knownAnswers(OpenClContext context) {
        try (Searcher searcher = algorithm.searcher(context, tuning())) {
            say("known answers", new Proving(algorithm, searcher).knownAnswers());
        }
    }

    private void pairsOfFullSize(OpenClContext context) {
        try (Searcher searcher = algorithm.searcher(context, tuning())) {
            out.println(algorithm.name() + ": making a table of full size");
            int compared = compared(new Proving(algorithm, searcher), new SplittableRandom(seed));
            out.println(algorithm.name() + ": random pairs: " + compared
                    + " agree bit for bit on a table of full size, seed " + seed);
        }
    }

    private void randomPairs(OpenClContext context, ProofOfWork reduced) {
        try (Searcher searcher = reduced.searcher(context, tuning())) {
            Proving proving = new Proving(reduced, searcher);
            say(reduced == algorithm ? "known answers" : "known answers of reduced size", proving.knownAnswers());
            int compared = compared(proving, new SplittableRandom(seed));
            out.println(algorithm.name() + ": random pairs: " + compared + " agree bit for bit, seed " + seed);
        }
    }

    private void say(String what, Proving.Agreed agreed) {
        out.println(algorithm.name() + ": " + what + ": " + agreed.onCpu() + " agree on the CPU, " + agreed.onDevice()
                + " on the device"
                + (agreed.onDevice() < agreed.onCpu() ? "; the others' tables are larger than its memory" : ""));
    }

    /** Says how far it is where that takes long, so that nobody takes it for dead. */
    private int compared(Proving proving, RandomGenerator random) {
        int compared = 0;
        long saidNanos = System.nanoTime();
        while (compared < pairs) {
            compared += proving.randomPairs(Math.min(PAIRS_PER_STEP, pairs - compared), 0, random);
            if (compared < pairs && System.nanoTime() - saidNanos > PROGRESS_NANOS) {
                saidNanos = System.nanoTime();
                out.println(algorithm.name() + ": random pairs: " + compared + " of " + pairs);
            }
        }
        return compared;
    }
}

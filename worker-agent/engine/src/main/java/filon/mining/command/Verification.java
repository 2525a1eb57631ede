package filon.mining.command;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Searcher;
import filon.mining.device.Device;
import filon.mining.device.Devices;
import filon.mining.engine.DeviceWrongException;
import filon.mining.engine.Proving;
import filon.mining.opencl.OpenClContext;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/** {@code --verify}: a kernel against the public record and the CPU. */
record Verification(PrintWriter out, Device device, ProofOfWork algorithm) {
    /** @return 0, or 1 if anything differs */
    int run(int pairs, Long chosenSeed) {
        long seed = chosenSeed == null ? new SecureRandom().nextLong() : chosenSeed;
        out.println("device " + device.index() + ": " + device.name() + ", driver " + device.driver());
        try (OpenClContext context = Devices.open(device);
                Searcher searcher = algorithm.searcher(
                        context, algorithm.tuningFor(device.integerVectorWidth(), device.workGroupSizeMax()))) {
            Proving proving = new Proving(algorithm, searcher);
            out.println("known answers: " + proving.knownAnswers() + " agree on CPU and device");
            int compared = proving.randomPairs(pairs, new SplittableRandom(seed));
            out.println("random pairs: " + compared + " agree bit for bit, seed " + seed);
            out.println(algorithm.name().label() + ": verified");
            return 0;
        } catch (DeviceWrongException e) {
            out.println(algorithm.name().label() + ": WRONG, seed " + seed + ": " + e.getMessage());
            return 1;
        }
    }
}

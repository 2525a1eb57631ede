package filon.mining.algorithm.kawpow;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Swizzles;
import filon.mining.algorithm.dag.DatasetKernels;
import filon.mining.opencl.OpenClContext;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Kawpow with a dataset in two pieces and with programs built by the thread that searches, as a simulator demands. */
public final class SimulatedKawpow {
    private static final long PIECE_BYTES_MAX = 16 * 1024;

    private final Kawpow algorithm;

    private SimulatedKawpow(DatasetKernels kernels) {
        algorithm = new Kawpow(ProgPowRules.kawpow().reduced(), kernels);
    }

    public static SimulatedKawpow ours() {
        return new SimulatedKawpow(Kawpow.kernels());
    }

    /** With a kernel whose 16-wide vectors a simulator can follow. */
    public static SimulatedKawpow spelledOut() {
        DatasetKernels ours = Kawpow.kernels();
        return new SimulatedKawpow(new DatasetKernels(ours.dataset(), Swizzles.spelledOut(ours.search())));
    }

    public ProofOfWork algorithm() {
        return algorithm;
    }

    public Searcher searcher(OpenClContext context, SearchTuning tuning) {
        Function<SearchTuning, Programs> programs =
                other -> new Programs(algorithm.builder(context, other)::build, new CallingThread());
        return algorithm.searcher(context, tuning, PIECE_BYTES_MAX, programs);
    }

    private static final class CallingThread extends AbstractExecutorService {
        private boolean isShutdown;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            isShutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown();
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return isShutdown;
        }

        @Override
        public boolean isTerminated() {
            return isShutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return isShutdown;
        }
    }
}

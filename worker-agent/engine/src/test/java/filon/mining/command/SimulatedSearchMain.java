package filon.mining.command;

import filon.mining.algorithm.BatchResult;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.NonceRange;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.algorithm.Target;
import filon.mining.algorithm.Work;
import filon.mining.algorithm.autolykos2.SimulatedAutolykos2;
import filon.mining.algorithm.kawpow.SimulatedKawpow;
import filon.mining.algorithm.kheavyhash.DamagedKheavyhash;
import filon.mining.algorithm.scrypt.SimulatedScrypt;
import filon.mining.opencl.OpenCl;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.ProgramCache;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.jocl.CL;

/**
 * Makes tables, searches one batch on a simulator and says how many of the hits that the CPU reference gives were found.
 *
 * <p>Arguments: algorithm, tuning, nonces; and a text of kheavyhash's kernel with one to replace it, to plant a fault.
 */
final class SimulatedSearchMain {
    private static final int HEIGHT = 7;
    private static final long FIRST_NONCE = 1_000;

    private SimulatedSearchMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        keepOpenClOnThisThread();
        Simulated simulated = arguments.length == 5
                ? Simulated.of(DamagedKheavyhash.of(arguments[3], arguments[4]))
                : Simulated.of(arguments[0]);
        int count = Integer.parseInt(arguments[2]);
        try (OpenClContext context = OpenCl.devices().getFirst().open(ProgramCache.off());
                Searcher searcher = simulated.searcher.apply(context, SearchTuning.of(arguments[1]))) {
            System.out.println(found(simulated.algorithm, searcher, new NonceRange(FIRST_NONCE, count)));
        }
    }

    /**
     * Oclgrind runs commands on whichever thread waits for them, without a lock, and looks for undefined values only on the
     * thread that opened the context. JOCL waits for each transfer on a thread of its own, to keep the host's memory
     * reachable until then; the engine's own references do so too.
     */
    private static void keepOpenClOnThisThread() throws ReflectiveOperationException {
        Field executor = CL.class.getDeclaredField("referenceReleaseExecutor");
        executor.setAccessible(true);
        Executor never = _ -> {};
        executor.set(null, never);
    }

    private record Simulated(ProofOfWork algorithm, BiFunction<OpenClContext, SearchTuning, Searcher> searcher) {
        static Simulated of(ProofOfWork algorithm) {
            return new Simulated(algorithm, algorithm::searcher);
        }

        static Simulated of(SimulatedKawpow kawpow) {
            return new Simulated(kawpow.algorithm(), kawpow::searcher);
        }

        static Simulated of(String name) {
            return switch (name) {
                case "autolykos2" -> new Simulated(SimulatedAutolykos2.algorithm(), SimulatedAutolykos2::searcher);
                case "kawpow" -> of(SimulatedKawpow.ours());
                case "kawpow spelled out" -> of(SimulatedKawpow.spelledOut());
                case "scrypt spelled out" -> of(SimulatedScrypt.spelledOut());
                default -> of(ProofsOfWork.of(name).reduced());
            };
        }
    }

    /** With a target that is the hash of one of the nonces, and that about half of them meet. */
    private static String found(ProofOfWork algorithm, Searcher searcher, NonceRange range) {
        byte[] prefix = new byte[algorithm.prefixLength()];
        new SplittableRandom(1).nextBytes(prefix);
        Header header = new Header(prefix, HEIGHT);
        List<byte[]> hashes = LongStream.range(0, range.count())
                .mapToObj(offset ->
                        algorithm.digest(header, range.first() + offset).hash())
                .toList();
        Target target = new Target(median(hashes));
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < hashes.size(); i++) {
            if (target.isMetBy(hashes.get(i))) {
                expected.add(range.first() + i);
            }
        }
        prepare(searcher, header);
        BatchResult result = searcher.submit(new Work(header, target), range).await();
        return compared(result, expected);
    }

    private static byte[] median(List<byte[]> hashes) {
        return hashes.stream().sorted(Arrays::compareUnsigned).toList().get(hashes.size() / 2);
    }

    private static void prepare(Searcher searcher, Header header) {
        boolean isReady;
        do {
            isReady = searcher.prepare(header).isReady();
        } while (!isReady);
    }

    private static String compared(BatchResult result, Set<Long> expected) {
        Set<Long> right = new HashSet<>(result.nonces());
        right.retainAll(expected);
        int wrong = result.nonces().size() - right.size();
        return right.size() + result.lost() + " of " + expected.size() + " hits, " + wrong + " wrong";
    }
}

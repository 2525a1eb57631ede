package filon.mining.engine;

import filon.contracts.address.AddressRules;
import filon.contracts.value.Pool;
import filon.contracts.value.PoolAddress;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.Searcher;
import filon.mining.device.Device;
import filon.mining.device.DeviceSelector;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolLimits;
import filon.mining.pool.PoolOrder;
import filon.mining.pool.PoolTerms;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * What a real miner on the first device made of a script, once that is over and the miner is stopped.
 *
 * @param stateNanos of the device's states, together
 * @param wall between what {@code stateNanos} must lie
 * @param lost why the pool was lost, each time before the end
 */
record ScriptedRun(Miner miner, ShareJudge judge, long queuedNonces, long stateNanos, Bounds wall, List<String> lost) {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The clock is read before and after the states' own first and last look at it. */
    record Bounds(long leastNanos, long mostNanos) {}

    /** Mines until the script is over; the seed is for the pool's and the miner's randomness. */
    static ScriptedRun of(JobScript script, Duration batch, long seed) throws IOException, InterruptedException {
        CountedSha256d algorithm = new CountedSha256d();
        compile(algorithm);
        Queue<String> lost = new ConcurrentLinkedQueue<>();
        JudgingPool pool = new JudgingPool(script, new Random(seed));
        try (pool) {
            MinerOrder order = order(algorithm, pool.port(), batch, seed);
            long beforeNanos = System.nanoTime();
            Miner miner = new Miner(order, event -> reasons(event).forEach(lost::add));
            long madeNanos = System.nanoTime();
            mine(miner, pool);
            List<String> lostBeforeTheEnd = List.copyOf(lost);
            miner.stop("the script is over", PATIENCE);
            long stoppedNanos = System.nanoTime();
            long stateNanos = sum(miner.devices().getFirst().nanosOf());
            Bounds wall = new Bounds(stoppedNanos - madeNanos, System.nanoTime() - beforeNanos);
            pool.close();
            pool.requireSound();
            return new ScriptedRun(miner, pool.judge(), algorithm.queued(), stateNanos, wall, lostBeforeTheEnd);
        }
    }

    /** On a busy machine compiling may take longer than a short script; the driver keeps what it compiled. */
    private static void compile(ProofOfWork algorithm) {
        Device device = Devices.present().getFirst();
        try (OpenClContext context = Devices.open(device);
                Searcher _ = algorithm.searcher(
                        context,
                        TuningStore.configured().choice(device, algorithm).tuning())) {
            // that is all
        }
    }

    private static void mine(Miner miner, JudgingPool pool) throws InterruptedException {
        miner.start();
        while (!pool.isOverWithin(LOOK_EVERY)) {
            miner.watch();
        }
    }

    private static Stream<String> reasons(PoolEvent event) {
        return event instanceof PoolEvent.Lost lost ? Stream.of(lost.reason()) : Stream.empty();
    }

    private static long sum(Map<MiningState, Long> nanosOf) {
        return nanosOf.values().stream().mapToLong(Long::longValue).sum();
    }

    private static MinerOrder order(ProofOfWork algorithm, int port, Duration batch, long seed) {
        PoolAddress address = PoolAddress.of("stratum+tcp://127.0.0.1:" + port);
        PoolTerms terms = new PoolTerms(
                algorithm,
                AddressRules.publicOnly().allowing(List.of("127.0.0.0/8")),
                OptionalDouble.empty(),
                PoolLimits.USUAL,
                System::nanoTime,
                new Random(seed));
        return MinerOrder.of(
                List.of(Devices.select(DeviceSelector.first())),
                List.of(PoolOrder.of(new Pool(address, "me", "x"))),
                terms,
                batch,
                false);
    }

    Tally tally() {
        return miner.devices().getFirst().tally();
    }

    /** Every state that the device was in. */
    Set<MiningState> states() {
        Set<MiningState> states = EnumSet.of(MiningState.PREPARING);
        states.addAll(miner.devices().getFirst().nanosOf().keySet());
        return states;
    }
}

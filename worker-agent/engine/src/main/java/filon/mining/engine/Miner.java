package filon.mining.engine;

import filon.contracts.value.Pool;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.device.Device;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClContext;
import filon.mining.pool.PoolEvent;
import filon.mining.pool.PoolListener;
import filon.mining.pool.PoolTerms;
import filon.mining.pool.Pools;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * One device mining for one ordered list of pools: a thread for the device, one for the pool. The device is proved before its
 * first share; while it prepares, the pool is already being asked for a job.
 *
 * <p>Nothing is called back for states: the owner polls {@link #changes}. Pool events go to the listener, from two threads.
 */
public final class Miner implements AutoCloseable {
    private static final int RANDOM_PAIRS = 64;
    private static final Duration STALL = Duration.ofSeconds(5);

    private final ProofOfWork algorithm;
    private final Device device;
    private final PoolTerms terms;
    private final PoolListener listener;
    private final Tally tally = new Tally();
    private final JobBoard board = new JobBoard();
    private final StateBook states;
    private final Pools pools;
    private final Thread deviceThread;
    private final Thread poolThread;
    private volatile SearchLoop loop;
    private volatile boolean stopping;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    public Miner(ProofOfWork algorithm, Device device, List<Pool> pools, PoolTerms terms, PoolListener listener) {
        this.algorithm = algorithm;
        this.device = device;
        this.terms = terms;
        this.listener = listener;
        this.states = new StateBook(tally, terms.ticker());
        this.pools = new Pools(pools, terms, this::onPool);
        this.deviceThread =
                Thread.ofPlatform().name("device-" + device.index()).daemon().unstarted(this::mine);
        this.poolThread = Thread.ofPlatform().name("pool").daemon().unstarted(this.pools);
    }

    public void start() {
        poolThread.start();
        deviceThread.start();
    }

    /** State changes not yet polled, oldest first. The first state, not in it, is {@link MiningState#PREPARING}. */
    public Queue<StateChange> changes() {
        return states.changes();
    }

    public Tally tally() {
        return tally;
    }

    /** Why the device cannot be used, once that is so. */
    public Optional<RuntimeException> failure() {
        return failure;
    }

    /** Looks whether batches end; to be called about once a second. */
    public void watch() {
        states.watch(STALL.toNanos());
    }

    private void mine() {
        try (OpenClContext context = Devices.open(device)) {
            mine(context);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            states.failed(String.valueOf(e.getMessage()));
        }
    }

    private void mine(OpenClContext context) {
        try (Searcher searcher = proved(context)) {
            SearchLoop started = new SearchLoop(
                    algorithm,
                    new ProvedSearcher(algorithm, searcher, terms.random(), alreadyProved(searcher)),
                    board,
                    states,
                    tally,
                    pools::submit,
                    terms.ticker());
            loop = started;
            if (!stopping) {
                started.run();
            }
        } catch (DeviceWrongException e) {
            // the device may be sound and the binary not: the next start compiles
            context.programs().distrust();
            throw e;
        }
    }

    /** Without tables, what was proved at the start is what will search. */
    private Optional<Object> alreadyProved(Searcher searcher) {
        return algorithm.reduced() == algorithm
                ? Optional.of(searcher.basis(Header.of(new byte[algorithm.prefixLength()])))
                : Optional.empty();
    }

    private Searcher proved(OpenClContext context) {
        states.preparing("building the kernel for " + device.name());
        SearchTuning tuning = algorithm.tuningFor(device.integerVectorWidth(), device.workGroupSizeMax());
        ProofOfWork reduced = algorithm.reduced();
        Searcher searcher = reduced.searcher(context, tuning);
        try {
            states.preparing("proving the kernel on " + device.name());
            Proving proving = new Proving(reduced, searcher);
            proving.knownAnswers();
            proving.randomPairs(RANDOM_PAIRS, 0, terms.random());
        } catch (RuntimeException e) {
            searcher.close();
            throw e;
        }
        if (reduced == algorithm) {
            return searcher;
        }
        searcher.close();
        return algorithm.searcher(context, tuning);
    }

    private void onPool(PoolEvent event) {
        switch (event) {
            case PoolEvent.Connecting connecting -> states.poolSays("connecting to " + connecting.pool());
            case PoolEvent.Authorised authorised -> states.poolSays("waiting for a job of " + authorised.pool());
            case PoolEvent.NewJob arrived -> board.put(arrived.job());
            case PoolEvent.Judged _, PoolEvent.Said _ -> {}
            case PoolEvent.Lost lost -> {
                board.clear();
                states.poolLost(lost.pool() + ": " + lost.reason());
            }
        }
        listener.on(event);
    }

    /** Ends both threads; waits at most this long for the batches that are queued. */
    public void stop(String reason, Duration patience) {
        states.stopping(reason);
        stopping = true;
        SearchLoop running = loop;
        if (running != null) {
            running.stop();
        }
        try {
            joined(deviceThread, patience);
            pools.close();
            joined(poolThread, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void joined(Thread thread, Duration patience) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW) {
            thread.join(patience);
        }
    }

    @Override
    public void close() {
        stop("closed", Duration.ofSeconds(1));
    }
}

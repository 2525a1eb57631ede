package filon.mining.engine;

import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.Header;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.SearchTuning;
import filon.mining.algorithm.Searcher;
import filon.mining.device.Device;
import filon.mining.device.Devices;
import filon.mining.opencl.OpenClBuildException;
import filon.mining.opencl.OpenClContext;
import filon.mining.opencl.OpenClException;
import filon.mining.opencl.OutOfDeviceMemoryException;
import filon.mining.pool.Share;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One device of a miner: its state, its counts, and the thread that works on it. The thread proves the device before its first share.
 *
 * <pre>
 * what happens                       where restarts are wanted                 where they are not
 * no batch ends for 3 and a second   the thread is left behind, a new one      STALLED until one ends, FAILED after 10 s
 * the driver reports an error        a new thread, after 1, 2, 4 ... 60 s      FAILED
 * too little memory, no build,       FAILED: trying again does not help        FAILED
 *   wrong answers
 * </pre>
 *
 * A thread that hangs in its driver cannot be ended. It is left behind: whatever it still finds is neither counted nor submitted.
 */
public final class DeviceMiner {
    private static final int RANDOM_PAIRS = 64;
    private static final int BATCHES_MISSED_MAX = 3;
    private static final long GRACE_NANOS = 1_000_000_000L;
    private static final long PAUSE_NANOS_FIRST = 1_000_000_000L;
    private static final int DOUBLINGS_MAX = 6;
    private static final long PAUSE_NANOS_MAX = 60_000_000_000L;
    /** How long a device may hang that is not started again here. */
    private static final long HUNG_NANOS_MAX = 10_000_000_000L;
    /** After so long without a failure the next pause is the first again. */
    private static final long HEALTHY_NANOS = 600_000_000_000L;

    private final Device device;
    private final MinerOrder order;
    private final ProofOfWork algorithm;
    private final JobBoard board;
    private final Consumer<Share> shares;
    private final LongSupplier ticker;
    private final Tally tally = new Tally();
    private final StateBook states;
    private volatile Optional<Worker> worker = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private volatile boolean stopping;
    private Optional<Long> hungSinceNanos = Optional.empty();
    private boolean isRestartDue;
    private long restartNanos;
    private long lastFailureNanos;
    private int failures;

    DeviceMiner(Device device, MinerOrder order, JobBoard board, Consumer<Share> shares) {
        this.device = device;
        this.order = order;
        this.algorithm = order.terms().algorithm();
        this.board = board;
        this.shares = shares;
        this.ticker = order.terms().ticker();
        this.states = new StateBook(tally, ticker);
    }

    public Device device() {
        return device;
    }

    public Tally tally() {
        return tally;
    }

    /** State changes not yet polled, oldest first. The first state, not in it, is {@link MiningState#PREPARING}. */
    public Queue<StateChange> changes() {
        return states.changes();
    }

    public MiningState state() {
        return states.state();
    }

    public String reason() {
        return states.reason();
    }

    /** How long each state took so far; together all the time since the miner was made. */
    public Map<MiningState, Long> nanosOf() {
        return states.nanosOf();
    }

    /** Why the device cannot be used, once that is so for good. */
    public Optional<RuntimeException> failure() {
        return failure;
    }

    StateBook states() {
        return states;
    }

    synchronized void start() {
        Worker started = new Worker();
        worker = Optional.of(started);
        started.thread.start();
    }

    void giveUpBelow(int serial) {
        worker.flatMap(now -> now.loop).ifPresent(loop -> loop.giveUpBelow(serial));
    }

    /** Looks whether batches end, and starts the device again where that is due; to be called every 100 ms or so. */
    synchronized void watch() {
        long batchNanos = Math.max(order.batch().toNanos(), tally.lastDeviceNanos());
        boolean hangs = states.watch(BATCHES_MISSED_MAX * batchNanos + GRACE_NANOS);
        hungSinceNanos = hangs ? hungSinceNanos.or(() -> Optional.of(ticker.getAsLong())) : Optional.empty();
        if (stopping) {
            return;
        }
        if (!order.isRestarting()) {
            giveUpHung();
            return;
        }
        if (hangs) {
            worker.ifPresent(Worker::leaveBehind);
            planRestart("no batch ended in time");
        }
        if (isRestartDue && ticker.getAsLong() - restartNanos >= 0) {
            isRestartDue = false;
            tally.restarted();
            start();
        }
    }

    /** A device that no thread can free is its owner's to free, by ending the process. */
    private void giveUpHung() {
        boolean isHopeless = hungSinceNanos
                .filter(since -> ticker.getAsLong() - since > HUNG_NANOS_MAX)
                .isPresent();
        if (isHopeless && failure.isEmpty()) {
            worker.ifPresent(Worker::leaveBehind);
            failure = Optional.of(new OpenClException(device.name() + " hangs: no batch has ended for "
                    + Duration.ofNanos(HUNG_NANOS_MAX).toSeconds() + " s"));
            states.failed(failure.get().getMessage());
        }
    }

    private void planRestart(String why) {
        long now = ticker.getAsLong();
        failures = now - lastFailureNanos > HEALTHY_NANOS ? 1 : failures + 1;
        lastFailureNanos = now;
        long pause = Math.min(PAUSE_NANOS_MAX, PAUSE_NANOS_FIRST << Math.min(failures - 1, DOUBLINGS_MAX));
        restartNanos = now + pause;
        isRestartDue = true;
        states.preparing(
                "starting again in " + Duration.ofNanos(pause).toSeconds() + " s: " + device.name() + ": " + why);
    }

    private synchronized void ended(Worker who, RuntimeException why) {
        if (stopping || who.isLeftBehind) {
            return;
        }
        if (order.isRestarting() && mayHelpToRestart(why)) {
            planRestart(why.getMessage());
            return;
        }
        failure = Optional.of(why);
        states.failed(String.valueOf(why.getMessage()));
    }

    private static boolean mayHelpToRestart(RuntimeException why) {
        return why instanceof OpenClException
                && !(why instanceof OutOfDeviceMemoryException)
                && !(why instanceof OpenClBuildException);
    }

    void stopping(String reason) {
        stopping = true;
        states.stopping(reason);
        worker.flatMap(now -> now.loop).ifPresent(SearchLoop::stop);
    }

    /** Waits for the batches that are queued. */
    void join(Duration patience) throws InterruptedException {
        Optional<Worker> last = worker;
        if (last.isPresent()) {
            last.get().thread.join(patience);
        }
    }

    /** One attempt at a device: opens it, proves it, searches. */
    private final class Worker {
        private final Thread thread =
                Thread.ofPlatform().name("device-" + device.index()).daemon().unstarted(this::mine);
        private volatile Optional<SearchLoop> loop = Optional.empty();
        private volatile boolean isLeftBehind;

        void leaveBehind() {
            isLeftBehind = true;
            loop.ifPresent(SearchLoop::dismiss);
        }

        private void mine() {
            try (OpenClContext context = Devices.open(device)) {
                mine(context);
            } catch (RuntimeException e) {
                ended(this, e);
            }
        }

        private void mine(OpenClContext context) {
            try (Searcher searcher = proved(context)) {
                ProvedSearcher proved =
                        new ProvedSearcher(algorithm, searcher, order.terms().random(), alreadyProved(searcher));
                SearchLoop.Books books = new SearchLoop.Books(states, tally, ticker);
                SearchLoop started = new SearchLoop(proved, board, books, shares, order.batch());
                loop = Optional.of(started);
                if (!stopping && !isLeftBehind) {
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

        /** @throws DeviceWrongException if the device computes something else than the CPU */
        private Searcher proved(OpenClContext context) {
            TuningChoice choice = TuningStore.configured().choice(device, algorithm);
            SearchTuning tuning = choice.tuning();
            states.preparing("building the kernel for " + device.name() + ", " + choice);
            ProofOfWork reduced = algorithm.reduced();
            Searcher searcher = reduced.searcher(context, tuning);
            try {
                states.preparing("proving the kernel on " + device.name());
                Proving proving = new Proving(reduced, searcher);
                proving.knownAnswers();
                proving.randomPairs(RANDOM_PAIRS, 0, order.terms().random());
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
    }
}

package filon.simulation.workload;

import filon.agent.engine.EngineRun;
import filon.contracts.value.HashRate;
import filon.mining.engine.MiningState;
import filon.mining.workload.Authorisation;
import filon.mining.workload.ProcessRecord;
import filon.mining.workload.ShareProof;
import filon.mining.workload.WorkloadExit;
import filon.simulation.device.SimulatedDevice;
import filon.simulation.workload.WorkloadFiles.Doing;
import filon.simulation.workload.WorkloadFiles.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A workload without a process: lives by steps, speaks with its agent through the engine's files, ends with the engine's codes.
 *
 * <pre>
 * PREPARING 2 s -> CONNECTING 1 s -> RUNNING <-> STALLED -> 10 s: ends (DEVICE)
 *     | proof fails: ends (DEVICE_WRONG)     any: asked (ASKED), not authorised (AUTHORISATION_EXPIRED),
 *                                                 device gone (DEVICE), files not taken (FAULT), killed (137)
 * </pre>
 *
 * <p>One thread steps it; the agent's asks, kills and looks.
 */
final class SimulatedWorkload implements EngineRun {
    private static final Logger LOG = Logger.getLogger(SimulatedWorkload.class);
    private static final Duration PREPARING = Duration.ofSeconds(2);
    private static final Duration CONNECTING = Duration.ofSeconds(1);
    private static final Duration STALLED_MAX = Duration.ofSeconds(10);
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    private final ProcessRecord record;
    private final WorkloadFiles files;
    private final SimulatedDevice device;
    private final SimulationTime time;
    private final Pace pace;
    private final ShareFinder finder;
    private volatile boolean isAsked;
    private volatile boolean isKilled;
    private volatile Optional<Integer> exit = Optional.empty();
    private Doing doing;
    private Duration since;
    private Duration spanFrom;
    private Duration shareDue;
    private double hashes;

    SimulatedWorkload(WorkloadFiles files, SimulatedDevice device, SimulationTime time, Pace pace) {
        this.record = files.server();
        this.files = files;
        this.device = device;
        this.time = time;
        this.pace = pace;
        this.finder = new ShareFinder(files.specification());
        this.spanFrom = time.now();
        this.shareDue = spanFrom;
        enter(MiningState.PREPARING, "proving the device");
    }

    /**
     * How often it writes.
     *
     * @param record at least this time lies between two records of one state
     * @param share and this between two shares
     */
    record Pace(Duration record, Duration share) {}

    @Override
    public ProcessRecord record() {
        return record;
    }

    @Override
    public boolean isAlive() {
        return exit.isEmpty();
    }

    @Override
    public void askToEnd() {
        isAsked = true;
    }

    @Override
    public void kill() {
        isKilled = true;
    }

    @Override
    public Optional<Integer> exitCode() {
        return exit;
    }

    /** Whether the device has work to do. */
    boolean isBusy() {
        return isAlive() && doing.state() == MiningState.RUNNING;
    }

    /** Lets the time since the last step pass. */
    void step(Duration elapsed) {
        if (!isAlive()) {
            return;
        }
        if (isKilled) {
            end(KILLED);
            return;
        }
        try {
            live(elapsed);
        } catch (IOException e) {
            LOG.warnf("Simulated workload %d cannot write its files: %s", record.pid(), e.getMessage());
            end(WorkloadExit.FAULT.code());
        }
    }

    private void live(Duration elapsed) throws IOException {
        Duration now = time.now();
        hashes += rate().hashesPerSecond() * (elapsed.toMillis() / 1000.0);
        Optional<WorkloadExit> over = over(now);
        if (over.isPresent()) {
            record(now, true);
            end(over.get().code());
            return;
        }
        MiningState next = next(now);
        if (next != doing.state()) {
            record(now, false);
            enter(next, reasonOf(next));
            files.tell(doing, rate(), device.description().name());
        } else if (now.minus(spanFrom).compareTo(pace.record()) >= 0) {
            record(now, false);
            files.tell(doing, rate(), device.description().name());
        }
    }

    private Optional<WorkloadExit> over(Duration now) throws IOException {
        if (isAsked) {
            return Optional.of(WorkloadExit.ASKED);
        }
        if (!isAuthorised()) {
            return Optional.of(WorkloadExit.AUTHORISATION_EXPIRED);
        }
        boolean isStuck = doing.state() == MiningState.STALLED && hasLasted(STALLED_MAX, now);
        if (!device.isPresent(now) || isStuck) {
            return Optional.of(WorkloadExit.DEVICE);
        }
        boolean isProved = doing.state() == MiningState.PREPARING && hasLasted(PREPARING, now);
        return isProved && device.isWrong(now) ? Optional.of(WorkloadExit.DEVICE_WRONG) : Optional.empty();
    }

    private boolean isAuthorised() throws IOException {
        Instant now = time.clock().instant();
        return files.authorisation()
                .map(Authorisation::authorisedUntil)
                .filter(now::isBefore)
                .isPresent();
    }

    private MiningState next(Duration now) {
        return switch (doing.state()) {
            case PREPARING -> hasLasted(PREPARING, now) ? MiningState.CONNECTING : doing.state();
            case CONNECTING -> hasLasted(CONNECTING, now) ? MiningState.RUNNING : doing.state();
            case RUNNING, STALLED -> device.isHung(now) ? MiningState.STALLED : MiningState.RUNNING;
            case NO_POOL, STOPPING, FAILED -> doing.state();
        };
    }

    private boolean hasLasted(Duration patience, Duration now) {
        return now.minus(since).compareTo(patience) >= 0;
    }

    private static String reasonOf(MiningState state) {
        return switch (state) {
            case PREPARING -> "proving the device";
            case CONNECTING -> "connecting to the pool";
            case RUNNING -> "hashing";
            case STALLED -> "no batch has ended for 3 s";
            case NO_POOL -> "no pool";
            case STOPPING -> "asked to end";
            case FAILED -> "the device failed";
        };
    }

    private void enter(MiningState state, String reason) {
        since = time.now();
        doing = new Doing(state, reason, time.clock().instant());
    }

    private HashRate rate() {
        return isBusy() ? device.rate(files.specification().algorithm(), time.now()) : HashRate.ZERO;
    }

    private void record(Duration now, boolean isFinal) throws IOException {
        long done = (long) hashes;
        Span span = new Span(time.nanosAt(spanFrom), time.nanosAt(now), done, rate(), device.readings());
        files.append(span, doing, shares(now), isFinal);
        hashes -= done;
        spanFrom = now;
    }

    /** Those whose time has come; a device that does not hash finds none. */
    private List<ShareProof> shares(Duration now) {
        List<ShareProof> found = new ArrayList<>();
        if (isBusy() && rate().hashesPerSecond() > 0 && now.compareTo(shareDue) >= 0) {
            found.add(finder.share(files.nextNumber(), time.nanosAt(now) - 1));
            shareDue = now.plus(pace.share());
        }
        return found;
    }

    private void end(int code) {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the files of simulated workload " + record.pid() + " cannot be closed", e);
        }
        exit = Optional.of(code);
    }
}

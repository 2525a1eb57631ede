package filon.agent.workload;

import filon.agent.engine.EngineRun;
import filon.contracts.message.WorkloadState;
import filon.mining.engine.MiningState;
import filon.mining.workload.ProcessRecord;
import filon.mining.workload.WorkloadStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** One workload under supervision: its folder, its process if any, and how patient to be with it. Belongs to one thread. */
final class SupervisedWorkload {
    private static final Logger LOG = Logger.getLogger(SupervisedWorkload.class);
    private final WorkloadFolder folder;
    private final Clock clock;
    private final LongSupplier nanos;
    private Assignment assignment;
    private Optional<EngineRun> process = Optional.empty();
    private Instant startedAt = Instant.MIN;
    private Optional<Long> stopRequestedNanos = Optional.empty();
    private RestartBackoff backoff = RestartBackoff.NONE;
    private long restartNanos;
    private WorkloadState state = WorkloadState.PENDING;
    private String reason = "ordered";
    private Instant since;

    SupervisedWorkload(WorkloadFolder folder, Assignment assignment, Clock clock, LongSupplier nanos) {
        this.folder = folder;
        this.assignment = assignment;
        this.clock = clock;
        this.nanos = nanos;
        this.restartNanos = nanos.getAsLong();
        this.since = clock.instant();
    }

    Assignment assignment() {
        return assignment;
    }

    boolean isAlive() {
        return process.isPresent();
    }

    /** Takes over a process that an earlier agent left running in the folder. */
    boolean reattach(Launcher launcher) throws IOException {
        if (process.isEmpty()) {
            Optional<ProcessRecord> record = folder.process();
            process = record.flatMap(launcher::find);
            startedAt = record.map(ProcessRecord::startInstant).orElse(startedAt);
            readStatus();
        }
        return process.isPresent();
    }

    void launched(Assignment with, EngineRun started) {
        assignment = with;
        process = Optional.of(started);
        startedAt = clock.instant();
        stopRequestedNanos = Optional.empty();
        enter(WorkloadState.PREPARING, "the process starts");
    }

    void launchFailed(String why) {
        crashed(Duration.ZERO, why);
    }

    void renewed(Assignment with) {
        assignment = with;
    }

    void stop(String why) {
        process.ifPresent(EngineRun::askToEnd);
        stopRequestedNanos = Optional.of(nanos.getAsLong());
        enter(WorkloadState.STOPPING, why);
    }

    void kill() {
        process.ifPresent(EngineRun::kill);
    }

    void held(WorkloadState with, String why) {
        // while a crash waits for its restart, the crash is the reason worth reading
        if (with != WorkloadState.RESTARTING || state != WorkloadState.RESTARTING) {
            enter(with, why);
        }
    }

    void ended(String why) {
        enter(WorkloadState.STOPPED, why);
    }

    /** Looks at the process once; says so to the listener when it is gone. */
    void observe(WorkloadListener listener) throws IOException {
        if (process.isEmpty()) {
            return;
        }
        if (process.get().isAlive()) {
            readStatus();
            folder.boundOutput();
            return;
        }
        EngineRun gone = process.get();
        process = Optional.empty();
        String how = ExitReason.of(gone.exitCode());
        if (stopRequestedNanos.isPresent()) {
            stopRequestedNanos = Optional.empty();
            restartNanos = nanos.getAsLong();
            enter(WorkloadState.STOPPED, reason);
            listener.exited(assignment, gone.exitCode(), how, Optional.empty());
            return;
        }
        crashed(Duration.between(startedAt, clock.instant()), how);
        listener.exited(assignment, gone.exitCode(), how, Optional.of(backoff.pause()));
    }

    private void crashed(Duration lived, String how) {
        backoff = backoff.afterLifeOf(lived);
        restartNanos = nanos.getAsLong() + backoff.pause().toNanos();
        enter(
                WorkloadState.RESTARTING,
                how + "; tried again after " + backoff.pause().toSeconds() + " s");
    }

    Observed observed() {
        return new Observed(
                assignment,
                process.isPresent(),
                stopRequestedNanos.map(at -> Duration.ofNanos(nanos.getAsLong() - at)),
                Duration.ofNanos(Math.max(0, restartNanos - nanos.getAsLong())));
    }

    WorkloadView view() {
        return new WorkloadView(assignment, state, reason, since, folder.path(), process.isPresent());
    }

    WorkloadFolder folder() {
        return folder;
    }

    private void readStatus() {
        if (process.isEmpty() || stopRequestedNanos.isPresent()) {
            return;
        }
        try {
            folder.status().ifPresent(this::follow);
        } catch (IOException e) {
            LOG.warnf("The status of workload %s cannot be read: %s", assignment.key(), e.getMessage());
        }
    }

    private void follow(WorkloadStatus status) {
        state = stateOf(status.state());
        reason = status.reason();
        since = status.since();
    }

    private static WorkloadState stateOf(MiningState mining) {
        return switch (mining) {
            case PREPARING -> WorkloadState.PREPARING;
            case CONNECTING -> WorkloadState.CONNECTING;
            case RUNNING -> WorkloadState.RUNNING;
            case NO_POOL -> WorkloadState.NO_POOL;
            // the process ends by itself, a stalled one if it stays so, and will be started again
            case STALLED, FAILED -> WorkloadState.RESTARTING;
            case STOPPING -> WorkloadState.STOPPING;
        };
    }

    private void enter(WorkloadState next, String why) {
        if (state != next || !reason.equals(why)) {
            since = clock.instant();
        }
        state = next;
        reason = why;
    }
}

package filon.agent.workload;

import filon.agent.disk.DurableFile;
import filon.agent.engine.EngineRun;
import filon.agent.workload.Action.Hold;
import filon.agent.workload.Action.Kill;
import filon.agent.workload.Action.Launch;
import filon.agent.workload.Action.Renew;
import filon.agent.workload.Action.Stop;
import filon.contracts.value.GpuId;
import filon.mining.device.DeviceSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * All workloads of this host: carries out the actions of {@link Reconciliation} and says what became of them.
 *
 * <p>Belongs to one thread. Opening it finds the processes of an earlier agent and leaves them running.
 */
public final class Workloads {
    private static final Logger LOG = Logger.getLogger(Workloads.class);
    private final Path home;
    private final Launcher launcher;
    private final WorkloadListener listener;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, SupervisedWorkload> workloads = new TreeMap<>();

    private Workloads(Path home, Launcher launcher, WorkloadListener listener, Clock clock, LongSupplier nanos) {
        this.home = home;
        this.launcher = launcher;
        this.listener = listener;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** @param nanos a monotonic clock, for pauses and patience */
    public static Workloads open(
            Path agentHome, Launcher launcher, WorkloadListener listener, Clock clock, LongSupplier nanos)
            throws IOException {
        Path home = DurableFile.directory(agentHome.resolve("workloads"));
        Workloads all = new Workloads(home, launcher, listener, clock, nanos);
        for (WorkloadFolder folder : WorkloadFolder.in(home)) {
            all.adopt(folder);
        }
        return all;
    }

    private void adopt(WorkloadFolder folder) throws IOException {
        Assignment assignment = folder.assignment();
        SupervisedWorkload workload = new SupervisedWorkload(folder, assignment, clock, nanos);
        boolean alive = workload.reattach(launcher);
        LOG.infof("Workload %s %s", assignment.key(), alive ? "is still running: re-attached" : "is not running");
        workloads.put(assignment.key().toString(), workload);
    }

    /** How many processes live. */
    public int aliveCount() {
        return (int)
                workloads.values().stream().filter(SupervisedWorkload::isAlive).count();
    }

    public List<Observed> observe() throws IOException {
        for (SupervisedWorkload workload : workloads.values()) {
            workload.observe(listener);
        }
        return workloads.values().stream().map(SupervisedWorkload::observed).toList();
    }

    /** @param devices the device of each GPU that is present */
    public void carryOut(Action action, Map<GpuId, DeviceSelector> devices) throws IOException {
        switch (action) {
            case Launch(Assignment assignment) ->
                launch(assignment, devices.get(assignment.key().gpuId()));
            case Renew(Assignment assignment) -> renew(assignment);
            case Stop(WorkloadKey key, String reason) -> {
                LOG.infof("Workload %s is told to stop: %s", key, reason);
                workloads.get(key.toString()).stop(reason);
            }
            case Kill(WorkloadKey key, String reason) -> {
                LOG.warnf("Workload %s did not stop and is killed", key);
                workloads.get(key.toString()).kill();
            }
            case Hold(Assignment assignment, var state, String reason) ->
                known(assignment).held(state, reason);
        }
    }

    /** Makes the workload known where it was never started, so that its end can be told. */
    public void know(Assignment assignment) {
        known(assignment);
    }

    /** Says that the workload will not run again, and why. */
    public void end(WorkloadKey key, String reason) {
        SupervisedWorkload workload = workloads.get(key.toString());
        if (workload != null && !workload.isAlive()) {
            workload.ended(reason);
        }
    }

    public List<WorkloadView> views() {
        return workloads.values().stream().map(SupervisedWorkload::view).toList();
    }

    public Map<String, WorkloadView> viewsByKey() {
        Map<String, WorkloadView> known = new TreeMap<>();
        views().forEach(view -> known.put(view.key().toString(), view));
        return known;
    }

    /** Deletes all that a workload left on the disk; what is known of its end stays known. */
    public void clear(WorkloadKey key) throws IOException {
        requireEnded(key).folder().delete();
    }

    /** Deletes the folder of a workload that has ended and of which nothing is needed any more. */
    public void forget(WorkloadKey key) throws IOException {
        SupervisedWorkload workload = requireEnded(key);
        if (workload.folder().path().toFile().exists()) {
            workload.folder().delete();
        }
        workloads.remove(key.toString());
    }

    private SupervisedWorkload requireEnded(WorkloadKey key) {
        SupervisedWorkload workload = workloads.get(key.toString());
        if (workload.isAlive()) {
            throw new IllegalStateException("workload " + key + " still runs");
        }
        return workload;
    }

    private void launch(Assignment assignment, DeviceSelector device) throws IOException {
        SupervisedWorkload workload = known(assignment);
        if (workload.reattach(launcher)) {
            LOG.infof("Workload %s was found running: re-attached", assignment.key());
            return;
        }
        try {
            workload.folder().prepare(assignment, device);
            EngineRun started = launcher.launch(workload.folder().path());
            workload.launched(assignment, started);
            LOG.infof(
                    "Workload %s started as process %d",
                    assignment.key(), started.record().pid());
            listener.started(assignment, started.record().pid());
        } catch (IOException e) {
            LOG.errorf("Workload %s cannot be started: %s", assignment.key(), e.getMessage());
            workload.launchFailed("cannot be started: " + e.getMessage());
        }
    }

    private void renew(Assignment assignment) throws IOException {
        SupervisedWorkload workload = workloads.get(assignment.key().toString());
        workload.folder().renew(assignment);
        workload.renewed(assignment);
    }

    private SupervisedWorkload known(Assignment assignment) {
        return workloads.computeIfAbsent(
                assignment.key().toString(),
                key -> new SupervisedWorkload(WorkloadFolder.of(home, assignment.key()), assignment, clock, nanos));
    }
}

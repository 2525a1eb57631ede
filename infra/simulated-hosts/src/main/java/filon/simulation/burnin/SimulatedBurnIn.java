package filon.simulation.burnin;

import filon.agent.burnin.BurnInLauncher;
import filon.agent.engine.EngineRun;
import filon.mining.burnin.DeviceResult;
import filon.mining.workload.ProcessRecord;
import filon.mining.workload.WorkloadExit;
import filon.simulation.device.SimulatedDevice;
import filon.simulation.workload.SimulationTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * A burn-in without a process: lives by steps, ends with the engine's codes.
 *
 * <pre>
 * proving 2 s -> five runs of the order's length -> ends (PASSED, NOT_PASSED)
 *     a device hangs: the time does not go on      files not taken: ends (FAULT)      killed: ends (137)
 * </pre>
 *
 * <p>All devices are tried at once. One thread steps it; the agent's kills and looks.
 */
final class SimulatedBurnIn implements EngineRun {
    private static final Logger LOG = Logger.getLogger(SimulatedBurnIn.class);
    private static final Duration PROVING = Duration.ofSeconds(2);
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    private final ProcessRecord record;
    private final BurnInFiles files;
    private final Trials trials;
    private final SimulationTime time;
    private volatile boolean isKilled;
    private volatile Optional<Integer> exit = Optional.empty();
    private Duration done = Duration.ZERO;
    private Duration runFrom = Duration.ZERO;
    private int runs;
    private String said = "";

    SimulatedBurnIn(ProcessRecord record, BurnInFiles files, Trials trials, SimulationTime time) {
        this.record = record;
        this.files = files;
        this.trials = trials;
        this.time = time;
    }

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
        isKilled = true;
    }

    @Override
    public void kill() {
        isKilled = true;
    }

    @Override
    public Optional<Integer> exitCode() {
        return exit;
    }

    /**
     * Lets the time since the last step pass.
     *
     * @return the devices that were at work
     */
    Set<SimulatedDevice> step(Duration elapsed) {
        if (!isAlive()) {
            return Set.of();
        }
        if (isKilled) {
            exit = Optional.of(KILLED);
            return Set.of();
        }
        try {
            return live(elapsed);
        } catch (IOException e) {
            LOG.warnf("Simulated burn-in %d cannot write its files: %s", record.pid(), e.getMessage());
            exit = Optional.of(WorkloadExit.FAULT.code());
            return Set.of();
        }
    }

    private Set<SimulatedDevice> live(Duration elapsed) throws IOException {
        Duration now = time.now();
        if (hangs(now)) {
            say("waiting for a batch that does not end");
            return Set.of();
        }
        boolean isMeasured = done.compareTo(PROVING) >= 0;
        trials.devices().forEach(trial -> trial.step(now, elapsed, isMeasured));
        done = done.plus(elapsed);
        runFrom = isMeasured ? runFrom : done;
        say(isMeasured ? "measuring, run " + (runs + 1) + " of " + Trials.RUNS : "known answers");
        if (isMeasured && done.minus(runFrom).compareTo(trials.run()) >= 0) {
            endRun();
        }
        return devices();
    }

    private boolean hangs(Duration now) {
        return devices().stream().anyMatch(device -> device.isHung(now));
    }

    private Set<SimulatedDevice> devices() {
        return trials.devices().stream().map(DeviceTrial::device).collect(Collectors.toSet());
    }

    private void endRun() throws IOException {
        Duration took = done.minus(runFrom);
        trials.devices().forEach(trial -> trial.endRun(took));
        runFrom = done;
        runs++;
        if (runs == Trials.RUNS) {
            end();
        }
    }

    private void end() throws IOException {
        double seconds = done.toMillis() / 1000.0;
        List<DeviceResult> results = trials.devices().stream()
                .map(trial -> trial.result(seconds, time.clock().instant()))
                .toList();
        files.results(results);
        boolean isPassed = results.stream().allMatch(DeviceResult::passed);
        exit = Optional.of(isPassed ? BurnInLauncher.PASSED : BurnInLauncher.NOT_PASSED);
    }

    private void say(String progress) throws IOException {
        if (!progress.equals(said)) {
            files.say(progress);
            said = progress;
        }
    }
}

package filon.agent.burnin;

import filon.agent.engine.EngineInstallation;
import filon.agent.engine.EngineRun;
import filon.agent.engine.Niceness;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.mining.device.DeviceSelector;
import filon.mining.workload.ProcessRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts what tries devices, and finds again what an earlier agent started. */
public interface BurnInLauncher {
    /** What it ends with when every device has passed. */
    int PASSED = 0;

    /** What it ends with when all were tried and one has not passed. */
    int NOT_PASSED = 5;

    /**
     * Starts a burn-in that writes one {@link filon.mining.burnin.DeviceResult} a line to the folder's results, and what it does to its progress.
     *
     * @param devices in the order of the order's GPUs
     * @throws IOException if it cannot be started
     */
    EngineRun launch(BurnInFolder folder, RunBurnIn order, List<DeviceSelector> devices) throws IOException;

    /** The burn-in of the record, if that very one still lives. */
    Optional<EngineRun> find(ProcessRecord record);

    /** The engine, as processes. */
    static BurnInLauncher of(EngineInstallation engine, Niceness niceness) {
        return ProcessBurnInLauncher.of(engine, niceness);
    }

    /**
     * Some program, as processes.
     *
     * @param command the argument vector that what is to be done is added to
     */
    static BurnInLauncher of(List<String> command) {
        return new ProcessBurnInLauncher(command);
    }
}

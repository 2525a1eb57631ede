package filon.agent.wipe;

import filon.agent.engine.EngineInstallation;
import filon.agent.engine.EngineRun;
import filon.agent.engine.Niceness;
import filon.mining.device.DeviceSelector;
import filon.mining.workload.ProcessRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts what overwrites the memory of one device, and finds again what an earlier agent started. */
public interface WipeLauncher {
    /** What it ends with when the memory was overwritten and read back. */
    int PASSED = 0;

    /**
     * Starts a wipe that writes one {@link filon.mining.burnin.DeviceResult} to the folder's results.
     *
     * @throws IOException if it cannot be started
     */
    EngineRun launch(WipeFolder folder, DeviceSelector device) throws IOException;

    /** The wipe of the record, if that very one still lives. */
    Optional<EngineRun> find(ProcessRecord record);

    /** The engine, as processes. */
    static WipeLauncher of(EngineInstallation engine, Niceness niceness) {
        return ProcessWipeLauncher.of(engine, niceness);
    }

    /**
     * Some program, as processes.
     *
     * @param command the argument vector that what is to be done is added to
     */
    static WipeLauncher of(List<String> command) {
        return new ProcessWipeLauncher(command);
    }
}

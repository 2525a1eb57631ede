package filon.agent.workload;

import filon.agent.engine.EngineInstallation;
import filon.agent.engine.EngineRun;
import filon.agent.engine.Niceness;
import filon.mining.workload.ProcessRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Starts what serves a workload's folder, and finds again what an earlier agent started. */
public interface Launcher {
    /**
     * Starts a workload in its folder, which holds all that it reads.
     *
     * @throws IOException if it cannot be started; trying again later may help
     */
    EngineRun launch(Path directory) throws IOException;

    /** The workload of the record, if that very one still lives. */
    Optional<EngineRun> find(ProcessRecord record);

    /** The engine, as processes. */
    static Launcher of(EngineInstallation engine, Niceness niceness) {
        return ProcessLauncher.of(engine, niceness);
    }

    /**
     * Some program, as processes.
     *
     * @param command the argument vector that the folder's path is added to
     */
    static Launcher of(List<String> command) {
        return new ProcessLauncher(command);
    }
}

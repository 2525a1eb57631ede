package filon.agent.wipe;

import filon.agent.engine.EngineInstallation;
import filon.agent.engine.EngineRun;
import filon.agent.engine.LiveProcess;
import filon.agent.engine.Niceness;
import filon.mining.device.DeviceSelector;
import filon.mining.workload.ProcessRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the engine's wipe of one device in a process that ends with the agent, whatever ends it: the child's standard input is a pipe from here,
 * and when that breaks it stops.
 */
final class ProcessWipeLauncher implements WipeLauncher {
    /** All that the engine takes; of a CPU, whose memory is the host's own, it takes 256 MiB. */
    private static final String MEMORY_PERCENT = "95";

    private final List<String> command;

    /** @param command the argument vector that what is to be done is added to */
    ProcessWipeLauncher(List<String> command) {
        this.command = List.copyOf(command);
    }

    static ProcessWipeLauncher of(EngineInstallation engine, Niceness niceness) {
        List<String> command = new ArrayList<>(niceness.prefix());
        command.addAll(engine.command("filon.mining.command.MinerCommand", List.of()));
        return new ProcessWipeLauncher(command);
    }

    @Override
    public EngineRun launch(WipeFolder folder, DeviceSelector device) throws IOException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of(
                "--wipe",
                "--until-input-ends",
                "--json",
                "--memory-percent",
                MEMORY_PERCENT,
                "--device",
                device.pciId().isEmpty() ? String.valueOf(device.index()) : device.pciId()));
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .directory(folder.path().toFile())
                .redirectOutput(folder.results().toFile())
                .redirectError(folder.progress().toFile());
        // the agent's own settings are none of its business
        builder.environment().keySet().removeIf(name -> name.startsWith("FILON_"));
        return LiveProcess.of(builder.start());
    }

    @Override
    public Optional<EngineRun> find(ProcessRecord record) {
        return LiveProcess.of(record).map(EngineRun.class::cast);
    }
}

package filon.agent.burnin;

import filon.agent.engine.EngineInstallation;
import filon.agent.engine.EngineRun;
import filon.agent.engine.LiveProcess;
import filon.agent.engine.Niceness;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.value.Algorithm;
import filon.mining.device.DeviceSelector;
import filon.mining.workload.ProcessRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Starts the engine's burn-in in a process that ends with the agent, whatever ends it: the child's standard input is a pipe from here, and when
 * that breaks it stops.
 */
final class ProcessBurnInLauncher implements BurnInLauncher {
    /** Tables of some algorithms are made from caches of this order. */
    private static final int HEAP_MEBIBYTES = 768;

    private final List<String> command;

    /** @param command the argument vector that what is to be done is added to */
    ProcessBurnInLauncher(List<String> command) {
        this.command = List.copyOf(command);
    }

    static ProcessBurnInLauncher of(EngineInstallation engine, Niceness niceness) {
        List<String> command = new ArrayList<>(niceness.prefix());
        command.addAll(engine.command(HEAP_MEBIBYTES, "filon.mining.command.MinerCommand", List.of()));
        return new ProcessBurnInLauncher(command);
    }

    @Override
    public EngineRun launch(BurnInFolder folder, RunBurnIn order, List<DeviceSelector> devices) throws IOException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of(
                "--burn-in",
                "--until-input-ends",
                "--json",
                "--device",
                devices.stream().map(ProcessBurnInLauncher::asTyped).collect(Collectors.joining(",")),
                "--with-algorithms",
                order.algorithms().stream().map(Algorithm::label).collect(Collectors.joining(",")),
                "--seconds",
                String.valueOf(order.benchmarkSeconds())));
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

    private static String asTyped(DeviceSelector device) {
        return device.pciId().isEmpty() ? String.valueOf(device.index()) : device.pciId();
    }
}

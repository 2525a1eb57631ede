package filon.agent.burnin;

import filon.agent.engine.EngineInstallation;
import filon.agent.engine.Niceness;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.value.Algorithm;
import filon.mining.device.DeviceSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Starts the engine's burn-in in a process that ends with the agent, whatever ends it: the child's standard input is a pipe from here, and when
 * that breaks it stops.
 */
public final class BurnInLauncher {
    /** Tables of some algorithms are made from caches of this order. */
    private static final int HEAP_MEBIBYTES = 768;

    private final List<String> command;

    /** @param command the argument vector that what is to be done is added to */
    public BurnInLauncher(List<String> command) {
        this.command = List.copyOf(command);
    }

    public static BurnInLauncher of(EngineInstallation engine, Niceness niceness) {
        List<String> command = new ArrayList<>(niceness.prefix());
        command.addAll(engine.command(HEAP_MEBIBYTES, "filon.mining.command.MinerCommand", List.of()));
        return new BurnInLauncher(command);
    }

    /** @param devices in the order of the order's GPUs */
    Process launch(BurnInFolder folder, RunBurnIn order, List<DeviceSelector> devices) throws IOException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of(
                "--burn-in",
                "--until-input-ends",
                "--json",
                "--device",
                devices.stream().map(BurnInLauncher::asTyped).collect(Collectors.joining(",")),
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
        return builder.start();
    }

    private static String asTyped(DeviceSelector device) {
        return device.pciId().isEmpty() ? String.valueOf(device.index()) : device.pciId();
    }
}

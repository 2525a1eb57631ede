package filon.agent.workload;

import filon.agent.engine.EngineInstallation;
import filon.agent.engine.EngineRun;
import filon.agent.engine.LiveProcess;
import filon.agent.engine.Niceness;
import filon.mining.workload.ProcessRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts workload processes that survive the agent: in a session of their own where {@code setsid} exists, with their output in
 * a file.
 */
final class ProcessLauncher implements Launcher {
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
    private final List<String> command;

    /** @param command the argument vector that the folder's path is added to */
    ProcessLauncher(List<String> command) {
        this.command = List.copyOf(command);
    }

    static ProcessLauncher of(EngineInstallation engine, Niceness niceness) {
        List<String> command = new ArrayList<>(niceness.prefix());
        command.addAll(engine.command("filon.mining.workload.WorkloadMain", List.of()));
        return new ProcessLauncher(command);
    }

    private static Optional<String> firstOf(List<Path> programs) {
        return programs.stream().filter(Files::isExecutable).findFirst().map(Path::toString);
    }

    @Override
    public EngineRun launch(Path directory) throws IOException {
        WorkloadFolder folder = new WorkloadFolder(directory);
        List<String> arguments = new ArrayList<>();
        firstOf(SETSID).ifPresent(arguments::add);
        arguments.addAll(command);
        arguments.add(folder.path().toString());
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.output().toFile()));
        // the agent's own settings, the enrolment token among them, are none of a workload's business
        builder.environment().keySet().removeIf(name -> name.startsWith("FILON_"));
        return LiveProcess.of(builder.start());
    }

    @Override
    public Optional<EngineRun> find(ProcessRecord record) {
        return LiveProcess.of(record).map(EngineRun.class::cast);
    }
}

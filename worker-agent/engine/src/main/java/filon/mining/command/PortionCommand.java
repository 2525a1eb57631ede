package filon.mining.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What stands behind {@code --with}. */
@Command(name = "--with")
final class PortionCommand {
    @Mixin
    private PortionOptions portion = new PortionOptions();

    private PortionCommand() {}

    /** @throws picocli.CommandLine.ParameterException naming the option that a portion does not have */
    static PortionOptions parsed(String[] arguments) {
        PortionCommand command = new PortionCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.portion;
    }
}

package filon.agent.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How far processes of the engine step back for others.
 *
 * @param steps 0 to 19, as {@code nice} takes it
 */
public record Niceness(int steps) {
    private static final List<Path> NICE = List.of(Path.of("/usr/bin/nice"), Path.of("/bin/nice"));

    /** What stands before a command; it replaces itself by the command, so the process id stays. Empty where the host has no {@code nice}. */
    public List<String> prefix() {
        return NICE.stream()
                .filter(program -> steps > 0 && Files.isExecutable(program))
                .findFirst()
                .map(program -> List.of(program.toString(), "-n", String.valueOf(steps)))
                .orElse(List.of());
    }
}

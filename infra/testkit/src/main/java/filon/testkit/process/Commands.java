package filon.testkit.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands that must succeed. */
public final class Commands {
    private static final int SECONDS_MAX = 120;

    private Commands() {}

    /** @throws IOException if it cannot start, fails or takes over two minutes; the message has its output */
    public static void run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("filon-command", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(SECONDS_MAX, TimeUnit.SECONDS);
            if (!ended) {
                ServerProcess.killTree(process.toHandle());
            }
            if (!ended || process.exitValue() != 0) {
                throw new IOException(command.getFirst()
                        + (ended ? " failed with " + process.exitValue() : " took too long") + ": "
                        + String.join(" ", command) + "\n" + Files.readString(output, StandardCharsets.ISO_8859_1));
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }
}

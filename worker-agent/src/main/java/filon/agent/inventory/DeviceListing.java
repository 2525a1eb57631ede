package filon.agent.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import filon.agent.engine.EngineInstallation;
import filon.mining.device.Device;
import filon.plumbing.codec.MessageCodec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Asks a short-lived child process for the OpenCL devices: a driver that crashes or hangs takes the child along, not the agent.
 */
public final class DeviceListing {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private final List<String> command;

    /** @param command prints the devices as a JSON array on its standard output */
    public DeviceListing(List<String> command) {
        this.command = List.copyOf(command);
    }

    public static DeviceListing of(EngineInstallation engine) {
        return new DeviceListing(
                engine.command("filon.mining.command.MinerCommand", List.of("--list-devices", "--json")));
    }

    /** @throws IOException if the child fails, hangs, or prints something else; the message has its last words */
    public List<Device> devices() throws IOException {
        Path out = Files.createTempFile("filon-devices", ".json");
        Path err = Files.createTempFile("filon-devices", ".log");
        try {
            Process child = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            requireSuccess(child, err);
            return List.of(MessageCodec.mapper().readValue(Files.readAllBytes(out), Device[].class));
        } catch (JsonProcessingException e) {
            throw new IOException("the device list is not understood: " + e.getOriginalMessage(), e);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static void requireSuccess(Process child, Path err) throws IOException {
        try {
            if (!child.waitFor(ANSWER_WITHIN)) {
                throw new IOException("listing the devices took longer than " + ANSWER_WITHIN.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("listing the devices was interrupted", e);
        } finally {
            child.destroyForcibly();
        }
        if (child.exitValue() != 0) {
            List<String> lines = Files.readAllLines(err);
            throw new IOException("listing the devices ended with code " + child.exitValue()
                    + (lines.isEmpty() ? "" : ": " + lines.getLast()));
        }
    }
}

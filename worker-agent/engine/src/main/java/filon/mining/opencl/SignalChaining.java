package filon.mining.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether this process keeps the JVM's signal handlers when an OpenCL driver sets its own. The JVM stops its threads by letting
 * them fault; LLVM, which many drivers contain, takes SIGSEGV for its own and lets go of it at the first fault, so that a second
 * thread's fault at that moment ends the process without a word. {@code libjsig}, loaded before the C library, keeps the JVM's
 * handlers (Java SE 25, Troubleshooting Guide, "Signal Chaining").
 */
public final class SignalChaining {
    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    private SignalChaining() {}

    /** What to do where the handlers are not kept; empty where they are, or where that cannot be seen. */
    public static Optional<String> doubt() {
        try (Stream<String> mappings = Files.lines(MAPPINGS)) {
            return mappings.anyMatch(line -> line.endsWith("/libjsig.so"))
                    ? Optional.empty()
                    : Optional.of("an OpenCL driver may end this process when it compiles: start it with LD_PRELOAD="
                            + Path.of(System.getProperty("java.home"), "lib", "libjsig.so"));
        } catch (IOException | RuntimeException unseen) {
            return Optional.empty();
        }
    }
}

package filon.e2e;

import filon.local.Console;
import filon.local.LocalPlatform;
import filon.local.Ports;
import filon.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives journeys the one real platform: started by the first that asks, on new data, stopped after the last.
 *
 * <p>What its parts say is in {@code target/platform.log}.
 */
final class OnRealPlatform implements ParameterResolver {
    private static final int PORTS_FROM = 28_080;
    private static final Duration BURN_IN_WITHIN = Duration.ofMinutes(4);

    /** Closed by JUnit when all classes have run. */
    private record Running(LocalPlatform platform) implements AutoCloseable {
        static Running start() {
            try {
                Path target = RepositoryRoot.infra("e2e", "target");
                Path data = target.resolve("platform");
                wipe(data);
                PrintStream log = new PrintStream(
                        Files.newOutputStream(target.resolve("platform.log")), true, StandardCharsets.UTF_8);
                LocalPlatform platform = new LocalPlatform(
                                RepositoryRoot.path(), data, Ports.free(PORTS_FROM), new Console(log, false, true))
                        // short enough to see a balance end
                        .with("billing", "filon.hold.duration", "PT20S")
                        .with("billing", "filon.hold.minimum", "PT10S");
                return started(platform);
            } catch (IOException e) {
                throw new IllegalStateException("the platform did not start: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the platform started", e);
            }
        }

        private static Running started(LocalPlatform platform) throws IOException, InterruptedException {
            try {
                platform.start();
                awaitBurnIn(platform);
                return new Running(platform);
            } catch (IOException e) {
                platform.close();
                throw e;
            }
        }

        /** Journeys reckon with a device that can be rented at once. */
        private static void awaitBurnIn(LocalPlatform platform) {
            Awaitility.await("a device that passed its burn-in")
                    .atMost(BURN_IN_WITHIN)
                    .ignoreExceptions()
                    .until(() -> platform.web()
                                    .get(platform.apiUrl() + "/api/v1/offers", null)
                                    .body()
                                    .path("items")
                                    .valueStream()
                                    .mapToInt(offer -> offer.path("available").asInt())
                                    .sum()
                            > 0);
        }

        @Override
        public void close() {
            platform.close();
        }
    }

    static void wipe(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalPlatform.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent("platform", key -> Running.start(), Running.class)
                .platform();
    }
}

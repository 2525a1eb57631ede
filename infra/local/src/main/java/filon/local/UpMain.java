package filon.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@code infra/up}: the whole platform on this machine, and a first rental on it. */
@CommandLine.Command(
        name = "infra/up",
        mixinStandardHelpOptions = true,
        version = "Filon 0.1.0",
        sortOptions = false,
        description = "Starts the whole of Filon on this machine and mines a first rental to a visible bill.",
        footer = {
            "",
            "Examples:",
            "  infra/up                               start, play the demo, show it until Ctrl-C",
            "  infra/up --for 120s --json out.json    stop by itself and write what it came to",
            "  infra/up --no-demo --data /srv/filon   only the platform, data elsewhere",
            "  infra/up --simulate 50 --faults silent:0.2,lost-gpu   and 50 hosts without a GPU, some in trouble",
            "",
            "Exit codes: 0 all well, 1 a part failed or nothing was mined in --for, 3 already running, 64 bad option."
        })
public final class UpMain implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int ALREADY_RUNNING = 3;
    private static final int USAGE = 64;

    @CommandLine.Option(names = "--no-demo", description = "start the platform only, order nothing")
    private boolean noDemo;

    @CommandLine.Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "let the demo mine this long (90s, 5m), end its rental, stop; exit 0 only if a share was"
                    + " accepted and a cost billed")
    private Duration forDuration;

    @CommandLine.Option(names = "--json", paramLabel = "FILE", description = "write the summary as JSON at the end")
    private Path json;

    @CommandLine.Option(names = "--fresh", description = "wipe the local data first")
    private boolean fresh;

    @CommandLine.Option(names = "--data", paramLabel = "DIR", description = "where all data is kept (default: .filon)")
    private Path data;

    @CommandLine.Option(
            names = "--port-base",
            paramLabel = "N",
            description = "first of nine ports in a row on 127.0.0.1 (default: those of the data, else 18080)")
    private Integer portBase;

    @CommandLine.Option(names = "--quiet", description = "do not show the services' log lines; they are on disk")
    private boolean quiet;

    @CommandLine.Mixin
    private FleetOptions fleet;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;

    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new UpMain());
        command.setParameterExceptionHandler((failure, ignored) -> {
            System.err.println("infra/up: " + failure.getMessage() + " (infra/up --help lists the options)");
            return USAGE;
        });
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            System.err.println("infra/up: " + failure.getMessage());
            return FAILED;
        });
        System.exit(command.execute(arguments));
    }

    /** 90s, 5m, 1h, or ISO 8601. */
    static final class Durations implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                Duration duration = Duration.parse(
                        text.matches("\\d+[smhSMH]") ? "PT" + text.toUpperCase(java.util.Locale.ROOT) : text);
                if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(7)) > 0) {
                    throw new CommandLine.TypeConversionException("duration " + text + " is not within 1s to 7 days");
                }
                return duration;
            } catch (java.time.format.DateTimeParseException e) {
                throw new CommandLine.TypeConversionException("duration " + text + " is not like 90s, 5m or 1h");
            }
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (noDemo && forDuration != null) {
            throw new IllegalArgumentException("--for needs the demo; leave out --no-demo");
        }
        Optional<FleetWish> wish = fleet.wish();
        Path root =
                Path.of(System.getProperty("filon.root", ".")).toAbsolutePath().normalize();
        Path directory =
                (data == null ? root.resolve(".filon") : data).toAbsolutePath().normalize();
        Ports ports = portsOf(directory);
        Optional<RunLock> lock = RunLock.take(directory, ports.base());
        if (lock.isEmpty()) {
            System.err.println("infra/up: already running on " + directory + " (" + RunLock.holder(directory) + ")");
            return ALREADY_RUNNING;
        }
        try {
            return run(root, directory, ports, wish);
        } finally {
            lock.get().close();
        }
    }

    /** Data keep their ports: browsers, agents and the realm know them. */
    private Ports portsOf(Path directory) throws IOException {
        Path file = directory.resolve("port-base");
        if (fresh || Files.notExists(file)) {
            return new Ports(portBase == null ? 18_080 : portBase);
        }
        int kept = Integer.parseInt(Files.readString(file).strip());
        if (portBase != null && portBase != kept) {
            throw new IllegalArgumentException("data in " + directory + " belong to port base " + kept
                    + "; leave out --port-base, or start with --fresh or another --data");
        }
        return new Ports(kept);
    }

    private int run(Path root, Path directory, Ports ports, Optional<FleetWish> wish) throws IOException {
        boolean terminal = System.console() != null && System.console().isTerminal();
        Console console = new Console(System.out, terminal, !quiet);
        if (fresh) {
            new LeftOvers(directory).stop(console);
            wipe(directory);
        }
        Files.writeString(directory.resolve("port-base"), ports.base() + "\n");
        LocalPlatform platform = new LocalPlatform(root, directory, ports, console)
                .expecting(wish.map(FleetWish::hosts).orElse(0));
        Thread main = Thread.currentThread();
        Thread hook = new Thread(() -> stopInOrder(main), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try (platform) {
            return played(platform, console, wish);
        } finally {
            stopped.countDown();
        }
    }

    private int played(LocalPlatform platform, Console console, Optional<FleetWish> wish) throws IOException {
        try {
            platform.start();
            greet(console, platform);
            if (wish.isPresent()) {
                new SimulatedFleet(platform, wish.get(), console, Clock.systemUTC()).start();
            }
            return noDemo ? waitForEnd() : demo(platform, console);
        } catch (InterruptedException e) {
            console.keepTable();
            console.say("  Stopping. All data stay: infra/up goes on with them, infra/up --fresh starts anew.");
            return stopping ? 0 : FAILED;
        }
    }

    /** A signal ends the watching; the main thread then stops the parts while the JVM waits here. */
    private void stopInOrder(Thread main) {
        if (stopped.getCount() == 0) {
            return;
        }
        stopping = true;
        main.interrupt();
        try {
            stopped.await(150, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int waitForEnd() throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }

    private int demo(LocalPlatform platform, Console console) throws IOException, InterruptedException {
        Demo demo = new Demo(platform, console, startedAtMillis(), Clock.systemUTC());
        String rental = demo.rental();
        long end = forDuration == null ? Long.MAX_VALUE : System.nanoTime() + forDuration.toNanos();
        BooleanSupplier isOver = () -> stopping || forDuration != null && System.nanoTime() >= end;
        Summary summary = demo.watch(rental, isOver);
        if (forDuration != null && !stopping) {
            summary = demo.end(rental);
        }
        console.keepTable();
        console.say(Table.line(summary));
        if (json != null) {
            write(summary);
        }
        if (forDuration != null && !summary.isProof()) {
            console.say("infra/up: no share was accepted or nothing was billed within " + forDuration);
            return FAILED;
        }
        return 0;
    }

    private void write(Summary summary) throws IOException {
        ObjectMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(json, mapper.writeValueAsString(summary) + "\n");
    }

    private static long startedAtMillis() {
        String given = System.getenv("FILON_STARTED_AT");
        return given == null ? Clock.systemUTC().millis() : Long.parseLong(given);
    }

    private static void greet(Console console, LocalPlatform platform) {
        console.say("");
        console.say("  Filon runs.   customer pages  " + platform.apiUrl()
                + "/my/rentals   (demo-customer / demo-customer)");
        console.say("                admin console   " + platform.consoleUrl() + "   (demo-operator / demo-operator)");
        console.say("                REST API        " + platform.apiUrl() + "/api/v1   described at "
                + platform.apiUrl() + "/openapi");
        console.say("                identities      " + platform.realmUrl());
        console.say("  These logins are for this machine only. Ctrl-C stops everything in order.");
        console.say("");
    }

    private static void wipe(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> !file.getFileName().toString().startsWith("up."))
                    .forEach(UpMain::delete);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot wipe " + file, e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wipe " + tree, e);
        }
    }
}

package filon.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;

/** {@code infra/simulated-hosts/measure}: what a fleet costs, on new data; prints what infra/simulated-hosts/README.md holds. */
@CommandLine.Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts a platform and a fleet on new data, measures both while nothing is rented and while rentals run.")
public final class MeasureFleetMain implements Callable<Integer> {
    private static final List<String> PARTS = List.of("fleet", "provisioning", "kafka", "postgres", "api", "billing");
    private static final String REPORTED = "provisioning.fleet-reported";
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int PORTS_FROM = 48_080;

    @CommandLine.Option(names = "--hosts", description = "default: ${DEFAULT-VALUE}")
    private int hosts = 50;

    @CommandLine.Option(names = "--gpus-per-host", description = "default: ${DEFAULT-VALUE}")
    private int gpusPerHost = 8;

    @CommandLine.Option(names = "--rentals", description = "of one GPU each (default: ${DEFAULT-VALUE})")
    private int rentals = 100;

    @CommandLine.Option(names = "--seconds", description = "that each measurement takes (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @CommandLine.Option(names = "--data", required = true, description = "a folder that does not exist yet")
    private Path data;

    private final Console console = new Console(System.out, false, false);

    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new MeasureFleetMain());
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            System.err.println("measure: " + failure.getMessage());
            return 1;
        });
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Files.exists(data)) {
            throw new IllegalArgumentException("--data " + data + " exists: figures are of a new platform");
        }
        FleetWish wish = new FleetWish(hosts, gpusPerHost, List.of(), "", "1");
        Path root = Path.of(System.getProperty("filon.root", "."));
        LocalPlatform platform = new LocalPlatform(root, data, Ports.free(PORTS_FROM), console).expecting(wish.hosts());
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop"));
        platform.start();
        SimulatedFleet.Outcome outcome = new SimulatedFleet(platform, wish, console, Clock.systemUTC()).start();
        park(SETTLE);
        steady(platform, "nothing rented");
        wave(platform);
        park(SETTLE);
        steady(platform, rentals + " GPUs rented");
        listing(platform);
        return outcome.isWhole() ? 0 : 1;
    }

    /** CPU, memory and lag over some time in which nothing changes. */
    private void steady(LocalPlatform platform, String when) throws IOException, InterruptedException {
        Map<String, ProcessUse> before = uses(platform);
        long begun = System.nanoTime();
        long lagMax = 0;
        long lagSum = 0;
        int looks = 0;
        try (ConsumerLag lag = new ConsumerLag(platform.ports(), REPORTED)) {
            while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds)) {
                park(LOOK);
                long now = lag.records();
                lagMax = Math.max(lagMax, now);
                lagSum += now;
                looks++;
            }
        }
        double millis = (System.nanoTime() - begun) / 1e6;
        Map<String, ProcessUse> after = uses(platform);
        console.say("  " + when + ", over " + Math.round(millis / 1e3) + " s:");
        after.forEach((part, use) -> console.say(String.format(
                "    %-13s %5.2f cores  %5d MiB",
                part, (use.cpuMillis() - before.get(part).cpuMillis()) / millis, use.memoryMebibytes())));
        console.say(String.format(
                "    lag of %s: %.1f records on average, %d at most", REPORTED, (double) lagSum / looks, lagMax));
    }

    private static Map<String, ProcessUse> uses(LocalPlatform platform) throws IOException {
        Map<String, ProcessUse> uses = new TreeMap<>();
        for (String part : PARTS) {
            uses.put(part, ProcessUse.of(platform.part(part).pid()));
        }
        return uses;
    }

    private void wave(LocalPlatform platform) throws IOException, InterruptedException {
        RentalWave wave = new RentalWave(platform);
        long begun = System.nanoTime();
        wave.order(rentals);
        double ordered = (System.nanoTime() - begun) / 1e9;
        List<Duration> latencies = wave.latencies(rentals);
        console.say(String.format(
                "  %d rentals ordered in %.1f s, %d obeyed; from the grant to the start on the host: p50 %d ms, p99 %d ms,"
                        + " at most %d ms",
                rentals,
                ordered,
                latencies.size(),
                percentile(latencies, 50),
                percentile(latencies, 99),
                percentile(latencies, 100)));
    }

    /** @param sorted shortest first */
    private static long percentile(List<Duration> sorted, int percent) {
        if (sorted.isEmpty()) {
            return -1;
        }
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(0, rank - 1)).toMillis();
    }

    private void listing(LocalPlatform platform) throws IOException, InterruptedException {
        String token = platform.operatorToken();
        long begun = System.nanoTime();
        int characters = platform.web()
                .get(platform.provisioningUrl() + "/admin/hosts", token)
                .orFail("listing the hosts")
                .text()
                .length();
        console.say(String.format(
                "  GET /admin/hosts: %d ms, %d KiB", (System.nanoTime() - begun) / 1_000_000, characters / 1_024));
    }

    private static void park(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
            if (Thread.interrupted()) {
                throw new InterruptedException("measuring was interrupted");
            }
        }
    }
}

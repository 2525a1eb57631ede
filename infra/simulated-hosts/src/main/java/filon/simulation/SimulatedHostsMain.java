package filon.simulation;

import filon.agent.identity.Provisioning;
import filon.simulation.fault.FaultPlan;
import filon.simulation.host.Network;
import filon.simulation.host.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;

/** {@code simulated-hosts}: a fleet of hosts without a GPU, each with a real agent. */
@CommandLine.Command(
        name = "simulated-hosts",
        mixinStandardHelpOptions = true,
        version = "Filon 0.1.0",
        sortOptions = false,
        description = "Runs many agents with simulated GPUs in one JVM, against a platform that runs already."
                + " infra/up --simulate N does all of it.",
        footer = {
            "",
            "A host starts as soon as the file tokens/sim-0001 in --home holds its enrolment token, or it is enrolled.",
            "Faults: slow, hung, wrong-hashes, thermal-throttle, lost-gpu, clock-jump, disk-full, silent.",
            "",
            "Example:",
            "  simulated-hosts --home /tmp/fleet --hosts 50 --provisioning-url https://127.0.0.1:18082 \\",
            "    --authority-file .filon/authority/ca.pem --faults silent:0.2,lost-gpu --seed 7",
            "",
            "Exit codes: 0 asked to end, 1 the folder cannot be used, 64 bad option."
        })
public final class SimulatedHostsMain implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int USAGE = 64;
    private static final long SEED_MAX = 1_000_000;
    private static final long PROGRESS_SECONDS = 5;

    @CommandLine.Option(
            names = "--home",
            paramLabel = "DIR",
            required = true,
            description = "holds the hosts' homes and tokens; made when missing")
    private Path home;

    @CommandLine.Option(names = "--hosts", paramLabel = "N", description = "1 to 2000 (default: ${DEFAULT-VALUE})")
    private int hosts = 50;

    @CommandLine.Option(
            names = "--gpus-per-host",
            paramLabel = "N",
            description = "1 to 64 (default: ${DEFAULT-VALUE})")
    private int gpusPerHost = 8;

    @CommandLine.Option(
            names = "--provisioning-url",
            paramLabel = "URL",
            required = true,
            description = "https://host:port of provisioning")
    private URI provisioningUrl;

    @CommandLine.Option(
            names = "--authority-file",
            paramLabel = "FILE",
            required = true,
            description = "PEM of provisioning's authority")
    private Path authorityFile;

    @CommandLine.Option(
            names = "--faults",
            paramLabel = "NAME[:SHARE]",
            split = ",",
            description = "faults, each with its share of hosts, 0 to 1 (default share: 0.1)")
    private List<String> faults = List.of();

    @CommandLine.Option(
            names = "--faults-within",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "faults begin within this time after the start (default: 10m)")
    private Duration faultsWithin = Duration.ofMinutes(10);

    @CommandLine.Option(names = "--seed", paramLabel = "N", description = "draws the faults (default: a random one)")
    private Long seed;

    @CommandLine.Option(
            names = "--report-every",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "how often a host reports usage, 1s to 60s (default: 10s)")
    private Duration reportEvery = Duration.ofSeconds(10);

    @CommandLine.Option(
            names = "--record-every",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "how often a workload meters; each time it waits for the disk (default: 5s)")
    private Duration recordEvery = Duration.ofSeconds(5);

    @CommandLine.Option(
            names = "--share-every",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "how often a workload finds a share; one proves a minute (default: 20s)")
    private Duration shareEvery = Duration.ofSeconds(20);

    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new SimulatedHostsMain());
        command.setParameterExceptionHandler((failure, ignored) -> refused(USAGE, failure.getMessage()));
        command.setExecutionExceptionHandler((failure, line, parsed) ->
                refused(failure instanceof IllegalArgumentException ? USAGE : FAILED, failure.getMessage()));
        System.exit(command.execute(arguments));
    }

    private static int refused(int code, String why) {
        System.err.println("simulated-hosts: " + why + " (--help lists the options)");
        return code;
    }

    /** 90s, 5m, 1h, or ISO 8601. */
    static final class Durations implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                Duration duration =
                        Duration.parse(text.matches("\\d+[smhSMH]") ? "PT" + text.toUpperCase(Locale.ROOT) : text);
                if (duration.isNegative() || duration.isZero()) {
                    throw new CommandLine.TypeConversionException("duration " + text + " is not above zero");
                }
                return duration;
            } catch (DateTimeParseException e) {
                throw new CommandLine.TypeConversionException("duration " + text + " is not like 90s, 5m or 1h");
            }
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long drawn = seed == null ? new SecureRandom().nextLong(SEED_MAX) : seed;
        FaultPlan plan = FaultPlan.of(drawn, faults, faultsWithin);
        FleetPlan fleetPlan = new FleetPlan(home.toAbsolutePath(), hosts, gpusPerHost, plan);
        System.out.println("seed " + drawn + (faults.isEmpty() ? ", no faults" : ", faults " + faults));
        tellFaults(fleetPlan);
        Surroundings surroundings = surroundings();
        Fleet fleet = Fleet.start(fleetPlan.hostPlans(), surroundings);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(fleet, ended), "stop"));
        while (!ended.await(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
            System.out.println(
                    fleet.running() + " of " + hosts + " hosts run, " + fleet.workloads() + " workloads live");
        }
        return 0;
    }

    private static void tellFaults(FleetPlan plan) {
        plan.hostPlans()
                .forEach(host ->
                        host.fate().episodes().forEach(episode -> System.out.println(host.name() + ": " + episode)));
    }

    private Surroundings surroundings() throws IOException {
        Provisioning provisioning = new Provisioning(provisioningUrl, Files.readString(authorityFile));
        String bootId =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        return new Surroundings(
                Clock.systemUTC(),
                System::nanoTime,
                System.nanoTime(),
                time -> LockSupport.parkNanos(time.toNanos()),
                bootId,
                provisioning,
                Network.to(provisioning),
                new Surroundings.Rhythm(reportEvery, recordEvery, shareEvery));
    }

    private static void end(Fleet fleet, CountDownLatch ended) {
        fleet.close();
        ended.countDown();
    }
}

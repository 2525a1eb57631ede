package filon.mining.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import filon.mining.algorithm.DeviceWrongException;
import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.burnin.BurnIn;
import filon.mining.device.Device;
import filon.mining.device.DeviceAbsentException;
import filon.mining.device.Devices;
import filon.mining.device.HeldLimits;
import filon.mining.device.LimitOrder;
import filon.mining.device.LimitRefusedException;
import filon.mining.device.NvmlException;
import filon.mining.opencl.OpenClException;
import filon.mining.opencl.SignalChaining;
import filon.mining.pool.trial.PoolReport;
import filon.mining.pool.trial.PoolTrial;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code filon-miner}: lists, proves, measures, mines. Never shows a stack trace; bad input is one line and code 2. */
@Command(
        name = "filon-miner",
        mixinStandardHelpOptions = true,
        version = "filon-miner 0.1.0",
        sortOptions = false,
        description = "Mines with OpenCL devices: proves them, measures them, and keeps them busy.",
        footer = {
            "",
            "Examples:",
            "  filon-miner --list-devices",
            "  filon-miner --verify all",
            "  filon-miner --verify sha256d --device 0",
            "  filon-miner --benchmark sha256d --seconds 10 --json",
            "  filon-miner --benchmark all --markdown",
            "  filon-miner --tune sha256d --seconds 60",
            "  filon-miner --burn-in --device all --with-algorithms sha256d,scrypt --json",
            "  filon-miner --wipe --device 0",
            "  filon-miner --pool stratum+tcp://pool.example.com:3333 --user wallet.rig1 --algorithm sha256d",
            "  filon-miner --pool stratum+tcp://pool.example.com:3334 --user wallet.rig1 --algorithm scrypt",
            "  filon-miner --pool stratum+tcp://127.0.0.1:18088 --user me.rig1 --algorithm sha256d",
            "  filon-miner --pool stratum+ssl://a.example.com:443 --pool stratum+tcp://b.example.com:3333 --user me",
            "      the second pool where the first does not answer; all GPUs",
            "  filon-miner --test-pool stratum+ssl://pool.example.com:443 --user wallet.rig1 --algorithm sha256d",
            "  filon-miner --algorithm sha256d --device 0,1 --pool stratum+tcp://a.example.com:3333 --user me \\",
            "      --and --algorithm scrypt --device 2 --pool stratum+tcp://b.example.com:3334 --user me",
            "      two algorithms at once, on different GPUs",
            "  filon-miner --pool stratum+tcp://a.example.com:3333 --user wallet1 --weight 95 \\",
            "      --with --pool stratum+tcp://b.example.com:3333 --user wallet2 --weight 5",
            "      two wallets on the same devices, in turns of a minute",
            "  filon-miner --pool stratum+tcp://a.example.com:3333 --user me --when \"22:00-06:00\" \\",
            "      --with --pool stratum+tcp://b.example.com:3333 --user me --when otherwise",
            "      one pool by night, another by day",
            "  filon-miner --pool stratum+tcp://pool.example.com:3333 --user me --http 4048",
            "      curl http://127.0.0.1:4048/metrics   (Prometheus)   curl http://127.0.0.1:4048/figures   (JSON)",
            "",
            "On a terminal a table is kept up to date; elsewhere a line is printed every five seconds. NO_COLOR is heeded.",
            "Ctrl-C ends at once, with a summary.",
            "",
            "Exit codes: 0 done; 1 the device computes wrong answers, the tested pool cannot be mined for, or a fault;",
            "  2 bad input; 4 OpenCL or the device is absent or failed; 5 a device did not pass its burn-in or its wipe."
        })
public final class MinerCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final int BENCHMARK_BATCH_MILLIS = 100;
    private static final int BENCHMARK_SECONDS = 10;
    private static final int TUNING_SECONDS = 30;
    private static final int DONE = 0;
    private static final int WRONG = 1;
    private static final int BAD_INPUT = 2;
    private static final int NO_DEVICE = 4;

    @Spec
    private CommandSpec spec;

    @Option(names = "--list-devices", description = "Every device of every OpenCL platform.")
    private boolean listDevices;

    @Option(
            names = "--verify",
            paramLabel = "ALGORITHM|all",
            description = "Every public known answer and random pairs, by the CPU and by the device.")
    private String verify;

    @Option(
            names = "--benchmark",
            paramLabel = "ALGORITHM|all",
            description = "Hashes per second without a pool, beside what the device can do at most.")
    private String benchmark;

    @Option(
            names = "--tune",
            paramLabel = "ALGORITHM|all",
            description = "Searches the device's best tuning; what gains is kept for the next start.")
    private String tune;

    @Option(
            names = "--test-pool",
            paramLabel = "URL",
            description = {
                "Tries a pool up to its first job and says in plain words what it offers and what is wrong; no share",
                "is sent. With --user, --password, --algorithm, --tls-pin, --tls-insecure, --allow-move, --seconds, --json."
            })
    private String testPool;

    @Mixin
    private BurnInOptions burnIn = new BurnInOptions();

    @Mixin
    private MiningOptions mining = new MiningOptions();

    @Option(
            names = "--tuning",
            paramLabel = "W,G,I",
            description = "Vector width, work-group size, items per thread, instead of the device's own (--benchmark).")
    private String tuning = "";

    @Option(
            names = "--http",
            paramLabel = "PORT",
            description = "Tells figures on this port of loopback: /metrics, /figures. 0: any free one. Default: off.")
    private int httpPort = -1;

    @Option(names = "--quiet", description = "Only what changes, and the summary.")
    private boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            description = "Colours. Default: auto, that is on a terminal unless NO_COLOR is set.")
    private ColorWish color = ColorWish.auto;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description =
                    "Length of a benchmark, of a search for a tuning, 1 to 86400, of --test-pool, of a run of --burn-in. Default: 10, 30, 15, 10.")
    private Integer seconds;

    @Option(
            names = "--height",
            paramLabel = "N",
            description = "Block height that gives the table its size (--benchmark, --tune). Default: 0.")
    private int height;

    @Option(names = "--pairs", paramLabel = "N", description = "Random pairs of --verify. Default: 10000.")
    private int pairs = 10_000;

    @Option(
            names = "--full-size",
            description = "Random pairs of --verify on whole tables of height 0 too (a gigabyte and more).")
    private boolean fullSize;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the random pairs. Default: another each time.")
    private Long seed;

    @Option(names = "--markdown", description = "A table instead of text (--benchmark).")
    private boolean markdown;

    @Option(
            names = "--json",
            description =
                    "JSON instead of text (--list-devices, --benchmark, --tune, --burn-in, --wipe, --test-pool); to mine, a line of figures every five seconds.")
    private boolean json;

    private List<MinerCommand> others = List.of();
    private List<PortionOptions> portions = List.of();

    private MinerCommand() {}

    /** When to use colours; spelt as it is typed. */
    enum ColorWish {
        auto,
        always,
        never
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
    }

    /** Runs the command line; what would be the process's exit code is returned. */
    public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        List<String[]> sections = Sections.of(arguments, "--and");
        MinerCommand first = new MinerCommand();
        try {
            first.portions = portions(sections.getFirst());
            first.others = sections.stream().skip(1).map(MinerCommand::parsed).toList();
        } catch (ParameterException e) {
            return complained(err, e, BAD_INPUT);
        }
        return new CommandLine(first)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((e, _) -> complained(err, e, BAD_INPUT))
                .setExecutionExceptionHandler((e, _, _) -> complained(err, e, code(e)))
                .execute(Sections.of(sections.getFirst(), "--with").getFirst());
    }

    private static MinerCommand parsed(String[] arguments) {
        MinerCommand section = new MinerCommand();
        new CommandLine(section).parseArgs(Sections.of(arguments, "--with").getFirst());
        section.portions = portions(arguments);
        return section;
    }

    private static List<PortionOptions> portions(String[] section) {
        return Sections.of(section, "--with").stream()
                .skip(1)
                .map(PortionCommand::parsed)
                .toList();
    }

    private static int complained(PrintWriter err, Exception e, int code) {
        err.println("filon-miner: "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("failed"));
        return code;
    }

    private static int code(Exception e) {
        return switch (e) {
            case ParameterException _, IllegalArgumentException _, LimitRefusedException _ -> BAD_INPUT;
            case OpenClException _, DeviceAbsentException _, NvmlException _ -> NO_DEVICE;
            case UncheckedIOException _ -> BAD_INPUT;
            case DeviceWrongException _ -> WRONG;
            default -> WRONG;
        };
    }

    @Override
    public Integer call() throws Exception {
        int wanted = (listDevices ? 1 : 0)
                + (verify != null ? 1 : 0)
                + (benchmark != null ? 1 : 0)
                + (tune != null ? 1 : 0)
                + (testPool != null ? 1 : 0)
                + burnIn.asked()
                + (mining.isAsked() ? 1 : 0);
        if (!others.isEmpty() && !mining.isAsked()) {
            throw new IllegalArgumentException("--and is between two pools to mine for, with --pool on both sides");
        }
        if (!portions.isEmpty() && !mining.isAsked()) {
            throw new IllegalArgumentException("--with is between pools to mine for, with --pool on both sides");
        }
        mining.requireWhole(testPool != null);
        burnIn.requireWhole();
        if (wanted != 1) {
            throw new IllegalArgumentException(
                    "give one of --list-devices, --verify, --benchmark, --tune, --burn-in, --wipe, --test-pool, --pool"
                            + " (see --help)");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (listDevices) {
            DeviceList.print(out, Devices.present(), json);
            return DONE;
        }
        if (verify != null) {
            MiningOptions.requireWithin("--pairs", pairs, 1, 100_000_000);
            return verify(out);
        }
        if (tune != null) {
            return tune(out);
        }
        if (testPool != null) {
            return testPool(out);
        }
        if (burnIn.asked() > 0) {
            return burnIn(out);
        }
        if (benchmark != null) {
            MiningOptions.requireWithin("--seconds", seconds(BENCHMARK_SECONDS), 1, 86_400);
            MiningOptions.requireWithin("--batch-millis", mining.batchMillis(BENCHMARK_BATCH_MILLIS), 1, 10_000);
            MiningOptions.requireWithin("--height", height, 0, Integer.MAX_VALUE);
            return benchmark(out);
        }
        return mine(out);
    }

    private int verify(PrintWriter out) {
        List<ProofOfWork> wanted = wanted(verify);
        Device selected = mining.device();
        out.println("device " + selected.index() + ": " + selected.name() + ", driver " + selected.driver());
        long chosenSeed = seed == null ? new SecureRandom().nextLong() : seed;
        int code = DONE;
        for (ProofOfWork proofOfWork : wanted) {
            code = Math.max(code, new Verification(out, selected, proofOfWork, pairs, chosenSeed, fullSize).run());
        }
        return code;
    }

    private int benchmark(PrintWriter out) throws JsonProcessingException {
        List<ProofOfWork> wanted = wanted(benchmark);
        if (json && markdown) {
            throw new IllegalArgumentException("give one of --json, --markdown");
        }
        Format format = json ? Format.JSON : markdown ? Format.MARKDOWN : Format.TEXT;
        Device selected = mining.device();
        if (markdown) {
            out.println("Device " + selected.name() + ", driver " + selected.driver() + ", "
                    + seconds(BENCHMARK_SECONDS) + " s for each algorithm, tables of height " + height + ".\n");
            out.println(Measurement.MARKDOWN_HEAD);
        }
        int code = DONE;
        for (ProofOfWork proofOfWork : wanted) {
            Measurement measurement = new Measurement(
                    out,
                    selected,
                    proofOfWork,
                    height,
                    tuning,
                    Duration.ofMillis(mining.batchMillis(BENCHMARK_BATCH_MILLIS)),
                    format);
            code = Math.max(code, measurement.run(Duration.ofSeconds(seconds(BENCHMARK_SECONDS))));
        }
        return code;
    }

    private int tune(PrintWriter out) throws JsonProcessingException {
        MiningOptions.requireWithin("--seconds", seconds(TUNING_SECONDS), 1, 86_400);
        MiningOptions.requireWithin("--height", height, 0, Integer.MAX_VALUE);
        List<ProofOfWork> wanted = wanted(tune);
        Format format = json ? Format.JSON : Format.TEXT;
        return new TuneSession(out, mining.device(), height, format)
                .run(wanted, Duration.ofSeconds(seconds(TUNING_SECONDS)));
    }

    private int testPool(PrintWriter out) {
        int limit = seconds((int) PoolTrial.LIMIT_USUAL.toSeconds());
        MiningOptions.requireWithin("--seconds", limit, 1, 86_400);
        PoolTrial trial = new PoolTrial(mining.algorithm(), MiningSession.OWNERS_RULES, Duration.ofSeconds(limit));
        PoolReport report = trial.of(mining.poolOf(testPool));
        PoolReportText.lines(report, json).forEach(out::println);
        out.flush();
        return report.isUsable() ? DONE : WRONG;
    }

    private int burnIn(PrintWriter out) throws JsonProcessingException {
        BurnIn.Plan plan = burnIn.plan(seconds);
        if (burnIn.endsWithInput()) {
            Thread.ofPlatform().name("input").daemon().start(MinerCommand::haltAtTheEndOfInput);
        }
        PrintWriter err = spec.commandLine().getErr();
        BurnIn trial = new BurnIn(plan, Clock.systemUTC(), err::println);
        return new BurnInSession(out, json ? Format.JSON : Format.TEXT)
                .run(trial, mining.trialDevices(), burnIn.isWipe());
    }

    /** A device that hangs would keep the process, which is why it does not end in order. */
    private static void haltAtTheEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // an input that fails has ended
        }
        Runtime.getRuntime().halt(WRONG);
    }

    private int seconds(int usual) {
        return seconds == null ? usual : seconds;
    }

    private static List<ProofOfWork> wanted(String name) {
        return name.equals(ALL) ? ProofsOfWork.all() : List.of(ProofsOfWork.of(name));
    }

    private int mine(PrintWriter out) {
        List<MinerCommand> sections =
                Stream.concat(Stream.of(this), others.stream()).toList();
        List<LimitOrder> limitOrders =
                sections.stream().map(section -> section.mining.limits()).toList();
        List<MiningPlan> plans = sections.stream().map(MinerCommand::plan).toList();
        MiningPlan.requireDisjoint(plans);
        MiningOptions.requireWithin("--http", Math.max(0, httpPort), 0, 65_535);
        plans.stream()
                .flatMap(plan -> plan.work().portions().stream())
                .flatMap(portion -> PoolOptions.doubts(portion.pools()).stream())
                .forEach(this::warn);
        SignalChaining.doubt().ifPresent(this::warn);
        Terminal terminal = Terminal.of(color, json || quiet);
        SessionOptions options = new SessionOptions(httpPort, terminal, json, quiet);
        try (HeldLimits limits = HeldLimits.untilExit(this::warn)) {
            for (int section = 0; section < plans.size(); section++) {
                hold(limits, plans.get(section), limitOrders.get(section));
            }
            return new MiningSession(out, plans, options, limits).run();
        }
    }

    private static void hold(HeldLimits limits, MiningPlan plan, LimitOrder order) {
        plan.devices().forEach(device -> limits.hold(device, order));
    }

    private void warn(String what) {
        spec.commandLine().getErr().println("filon-miner: " + what);
    }

    private MiningPlan plan() {
        boolean asksMore = listDevices || verify != null || benchmark != null || tune != null || testPool != null;
        if (asksMore || burnIn.asked() > 0) {
            throw new IllegalArgumentException(
                    "after --and comes another --pool to mine for, and nothing else is asked");
        }
        return mining.plan(portions);
    }
}

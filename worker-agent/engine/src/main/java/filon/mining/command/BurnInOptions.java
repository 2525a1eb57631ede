package filon.mining.command;

import filon.mining.algorithm.ProofOfWork;
import filon.mining.algorithm.ProofsOfWork;
import filon.mining.burnin.BurnIn;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What a burn-in or a wipe is asked to do. */
final class BurnInOptions {
    private static final int SECONDS_USUAL = 10;

    @Option(
            names = "--burn-in",
            description = {
                "Tries devices under load: known answers, memory, hash rate in five runs. With --device, --with-algorithms,",
                "--seconds (of each run; default 10), --memory-percent, --json (a line for each device)."
            })
    private boolean burnIn;

    @Option(names = "--wipe", description = "Overwrites the memory of devices with zeros, and checks that it did.")
    private boolean wipe;

    @Option(
            names = "--with-algorithms",
            paramLabel = "ALGORITHM",
            split = ",",
            description = "Which algorithms a burn-in tries, with commas. Default: all.")
    private List<String> algorithms = List.of();

    @Option(
            names = "--memory-percent",
            paramLabel = "N",
            description = {
                "How much of a device's memory is tested or wiped, 1 to 95. Default: 80. Of a CPU, whose memory is the host's",
                "own, 256 MiB at most."
            })
    private Integer memoryPercent;

    @Option(
            names = "--until-input-ends",
            description = "Ends at once when standard input does: whoever wanted the result is gone.")
    private boolean untilInputEnds;

    /** How many of the two are asked for. */
    int asked() {
        return (burnIn ? 1 : 0) + (wipe ? 1 : 0);
    }

    boolean isWipe() {
        return wipe;
    }

    boolean endsWithInput() {
        return untilInputEnds;
    }

    /** @throws IllegalArgumentException where something goes with a burn-in only and there is none */
    void requireWhole() {
        if (asked() == 0 && (memoryPercent != null || untilInputEnds)) {
            throw new IllegalArgumentException(
                    "--memory-percent and --until-input-ends go with --burn-in and --wipe only");
        }
        if (!burnIn && !algorithms.isEmpty()) {
            throw new IllegalArgumentException("--with-algorithms goes with --burn-in only");
        }
    }

    /** @param seconds of each run of a measurement; null for the usual */
    BurnIn.Plan plan(Integer seconds) {
        int each = seconds == null ? SECONDS_USUAL : seconds;
        MiningOptions.requireWithin("--seconds", each, 1, 3_600);
        MiningOptions.requireWithin("--memory-percent", percent(), 1, 95);
        return new BurnIn.Plan(wanted(), percent(), Duration.ofSeconds(each));
    }

    private int percent() {
        return memoryPercent == null ? BurnIn.MEMORY_PERCENT_USUAL : memoryPercent;
    }

    private List<ProofOfWork> wanted() {
        return algorithms.isEmpty()
                ? ProofsOfWork.all()
                : algorithms.stream().distinct().map(ProofsOfWork::of).toList();
    }
}

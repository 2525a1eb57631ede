package filon.local;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The options of a simulated fleet. */
final class FleetOptions {
    @CommandLine.Option(
            names = "--simulate",
            paramLabel = "N",
            description = "add N simulated hosts, 1 to 2000, each with a real agent, and wait until all are Available")
    private Integer hosts;

    @CommandLine.Option(
            names = "--gpus-per-host",
            paramLabel = "N",
            description = "of a simulated host, 1 to 64 (default: ${DEFAULT-VALUE})")
    private int gpusPerHost = 8;

    @CommandLine.Option(
            names = "--faults",
            paramLabel = "NAME[:SHARE]",
            split = ",",
            description = "faults of simulated hosts, each with its share of them (default share: 0.1): slow, hung,"
                    + " wrong-hashes, thermal-throttle, lost-gpu, clock-jump, disk-full, silent")
    private List<String> faults = List.of();

    @CommandLine.Option(
            names = "--faults-within",
            paramLabel = "DURATION",
            description = "faults begin within this time (default: 10m)")
    private String faultsWithin = "";

    @CommandLine.Option(
            names = "--seed",
            paramLabel = "N",
            description = "draws who gets which fault when (default: a random one, which is printed)")
    private String seed = "";

    /** @throws IllegalArgumentException if the options do not make sense */
    Optional<FleetWish> wish() {
        if (hosts == null && !faults.isEmpty()) {
            throw new IllegalArgumentException("--faults needs --simulate");
        }
        return Optional.ofNullable(hosts).map(count -> new FleetWish(count, gpusPerHost, faults, faultsWithin, seed));
    }
}

package filon.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A wish for simulated hosts.
 *
 * @param faults as {@code simulated-hosts --faults} takes them
 * @param faultsWithin as it takes it, or empty
 * @param seed as it takes it, or empty
 */
record FleetWish(int hosts, int gpusPerHost, List<String> faults, String faultsWithin, String seed) {
    static final int HOSTS_MAX = 2_000;
    static final int GPUS_MAX = 64;
    /** Hundreds of agents say goodbye to their brokers one by one. */
    static final Duration FAREWELL = Duration.ofSeconds(70);

    private static final int HEAP_MEBIBYTES = 160;
    /** Twice what was measured, see infra/simulated-hosts/README.md. */
    private static final int HEAP_MEBIBYTES_PER_HOST = 3;

    private static final int HOSTS_THAT_MAY_TALK = 20;

    FleetWish {
        if (hosts < 1 || hosts > HOSTS_MAX) {
            throw new IllegalArgumentException("--simulate " + hosts + " is not within 1 to " + HOSTS_MAX);
        }
        if (gpusPerHost < 1 || gpusPerHost > GPUS_MAX) {
            throw new IllegalArgumentException("--gpus-per-host " + gpusPerHost + " is not within 1 to " + GPUS_MAX);
        }
        faults = List.copyOf(faults);
    }

    int heapMebibytes() {
        return HEAP_MEBIBYTES + HEAP_MEBIBYTES_PER_HOST * hosts;
    }

    /** The words of hundreds of agents are read by nobody. */
    String logLevel() {
        return hosts <= HOSTS_THAT_MAY_TALK ? "info" : "warn";
    }

    List<String> arguments() {
        List<String> arguments = new ArrayList<>(
                List.of("--hosts", String.valueOf(hosts), "--gpus-per-host", String.valueOf(gpusPerHost)));
        if (!faults.isEmpty()) {
            arguments.addAll(List.of("--faults", String.join(",", faults)));
        }
        if (!faultsWithin.isEmpty()) {
            arguments.addAll(List.of("--faults-within", faultsWithin));
        }
        if (!seed.isEmpty()) {
            arguments.addAll(List.of("--seed", seed));
        }
        return List.copyOf(arguments);
    }
}

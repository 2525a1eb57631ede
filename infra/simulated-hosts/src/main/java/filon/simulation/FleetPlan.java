package filon.simulation;

import filon.simulation.fault.FaultPlan;
import filon.simulation.host.HostPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A fleet.
 *
 * @param folder holds {@code hosts/} with the agents' homes and {@code tokens/} with their enrolment tokens
 */
public record FleetPlan(Path folder, int hosts, int gpusPerHost, FaultPlan faults) {
    public static final int HOSTS_MAX = 2_000;

    public FleetPlan {
        if (hosts < 1 || hosts > HOSTS_MAX) {
            throw new IllegalArgumentException("a fleet of " + hosts + " hosts; it has 1 to " + HOSTS_MAX);
        }
        if (gpusPerHost < 1 || gpusPerHost > HostPlan.GPUS_MAX) {
            throw new IllegalArgumentException(
                    "hosts of " + gpusPerHost + " GPUs; they have 1 to " + HostPlan.GPUS_MAX);
        }
    }

    /** Each host with its fate. */
    List<HostPlan> hostPlans() {
        return IntStream.rangeClosed(1, hosts)
                .mapToObj(number -> new HostPlan(number, folder, gpusPerHost, faults.fateOf(number, gpusPerHost)))
                .toList();
    }
}

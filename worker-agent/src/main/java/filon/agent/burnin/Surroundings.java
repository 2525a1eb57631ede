package filon.agent.burnin;

import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.mining.device.DeviceSelector;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What else is true of the host's GPUs.
 *
 * @param devices of each GPU that is present; empty until the devices are listed
 * @param ordered GPUs that a lease should work with
 * @param working GPUs on which a workload's process lives
 */
public record Surroundings(Map<GpuId, DeviceSelector> devices, Map<GpuId, LeaseId> ordered, Set<GpuId> working) {
    public Surroundings {
        devices = Map.copyOf(devices);
        ordered = Map.copyOf(ordered);
        working = Set.copyOf(working);
    }

    /** The same, with these GPUs busy too. */
    public Surroundings alsoWorking(Set<GpuId> gpus) {
        Set<GpuId> all = new HashSet<>(working);
        all.addAll(gpus);
        return new Surroundings(devices, ordered, all);
    }
}

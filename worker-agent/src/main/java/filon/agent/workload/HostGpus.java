package filon.agent.workload;

import filon.contracts.value.GpuId;
import java.util.Set;

/**
 * The GPUs of this host.
 *
 * @param burningIn those on which a burn-in runs, and nothing else may
 */
public record HostGpus(Set<GpuId> present, Set<GpuId> burningIn) {
    public static final HostGpus NONE = new HostGpus(Set.of(), Set.of());

    public HostGpus {
        present = Set.copyOf(present);
        burningIn = Set.copyOf(burningIn);
    }
}

package filon.agent.workload;

import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import java.util.Map;
import java.util.Set;

/**
 * The GPUs of this host.
 *
 * @param burningIn those on which a burn-in runs, and nothing else may
 * @param unwiped those that hold what a lease left, and which; nothing of another lease may run there
 */
public record HostGpus(Set<GpuId> present, Set<GpuId> burningIn, Map<GpuId, LeaseId> unwiped) {
    public static final HostGpus NONE = new HostGpus(Set.of(), Set.of(), Map.of());

    public HostGpus {
        present = Set.copyOf(present);
        burningIn = Set.copyOf(burningIn);
        unwiped = Map.copyOf(unwiped);
    }

    /** Whether something of another lease is on the GPU. */
    boolean isUnwipedFor(WorkloadKey key) {
        LeaseId owner = unwiped.get(key.gpuId());
        return owner != null && !owner.equals(key.leaseId());
    }
}

package filon.mining.workload;

import filon.contracts.value.Algorithm;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.Pool;
import filon.mining.device.DeviceSelector;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a workload process is to do; written by the agent, readable by it alone, before the process starts.
 *
 * @param pools in the order they are tried
 * @param allowedAddresses address ranges (CIDR) that pools may have besides public ones
 * @param suggestedDifficulty asked of the pool, which may ignore it
 */
public record WorkloadSpecification(
        LeaseId leaseId,
        long epoch,
        GpuId gpuId,
        DeviceSelector device,
        Algorithm algorithm,
        List<Pool> pools,
        List<String> allowedAddresses,
        OptionalDouble suggestedDifficulty) {
    public static final int POOLS_MAX = 16;

    public WorkloadSpecification {
        Objects.requireNonNull(leaseId, "a workload needs leaseId");
        Objects.requireNonNull(gpuId, "a workload needs gpuId");
        Objects.requireNonNull(device, "a workload needs device");
        Objects.requireNonNull(algorithm, "a workload needs algorithm");
        pools = pools == null ? List.of() : List.copyOf(pools);
        if (pools.isEmpty() || pools.size() > POOLS_MAX) {
            throw new IllegalArgumentException("a workload of " + pools.size() + " pools; it has 1 to " + POOLS_MAX);
        }
        allowedAddresses = allowedAddresses == null ? List.of() : List.copyOf(allowedAddresses);
        suggestedDifficulty = suggestedDifficulty == null ? OptionalDouble.empty() : suggestedDifficulty;
    }
}

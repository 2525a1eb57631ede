package filon.agent.workload;

import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;

/** Names a workload: one GPU under one lease. Text: {@code lease/gpu}. */
public record WorkloadKey(LeaseId leaseId, GpuId gpuId) {
    @Override
    public String toString() {
        return leaseId + "/" + gpuId;
    }
}

package filon.provisioning.workload;

import filon.contracts.message.WorkloadState;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import java.time.Instant;

/**
 * What a host last said of one GPU of a lease.
 *
 * @param incarnation of the agent that said it; with {@code reportedAt} it tells newer from older
 * @param generation of the order that it runs by
 */
public record Workload(
        LeaseId lease,
        GpuId gpu,
        WorkloadState state,
        String reason,
        Instant since,
        long incarnation,
        long generation,
        Instant reportedAt) {}

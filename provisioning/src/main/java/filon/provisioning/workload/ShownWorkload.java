package filon.provisioning.workload;

import filon.contracts.message.WorkloadState;
import filon.contracts.value.GpuId;
import filon.contracts.value.Standing;
import java.time.Instant;

/**
 * What the work on one GPU of a lease is taken to do: what its host said last, or that nobody knows while the host is silent.
 *
 * @param since by our clock
 */
public record ShownWorkload(GpuId gpu, WorkloadState state, WorkloadReason code, String reason, Instant since) {
    /** What everybody may know of it. */
    public Standing standing() {
        return code.standing(state.name(), reason, since);
    }
}

package filon.provisioning.workload;

import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the last report of each workload and what was passed on of each lease. */
public interface WorkloadStore {
    /** @return false if a newer report is known */
    boolean put(Workload workload);

    /** Each GPU of the lease that was ever reported, in the order of their ids. */
    List<SeenWorkload> seen(LeaseId lease);

    void show(LeaseId lease, ShownWorkload shown);

    /** Those of every lease that has not ended. */
    List<SeenWorkload> ofUnended();

    /** What was last passed on of the lease; empty before the first time. */
    Optional<WorkloadSummary> passedOn(LeaseId lease);

    void notePassedOn(LeaseId lease, WorkloadSummary summary);

    /** Leases that have not ended, of which something was passed on that their host's silence, or its return, has made untrue. */
    List<LeaseId> overtakenBySilence();

    /** GPUs whose workload was reported after the lease's host had obeyed the stop order. */
    List<GpuId> namedSinceObeyed(LeaseId lease);

    /** Notes that the workload of an ended lease was heard of. */
    void heardAfterEnd(LeaseId lease, Instant now);

    /** Notes the time by our clock at which the workload was heard of. */
    void heard(LeaseId lease, GpuId gpu, Instant now);
}

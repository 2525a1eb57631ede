package filon.agent.wipe;

import filon.agent.workload.Assignment;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.mining.workload.ProcessRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * What one GPU is owed by the lease that had it last; what is on disk is this record as JSON.
 *
 * @param generation of the order that the lease was begun with; tells leases of one GPU apart by age
 * @param detail for people: what was found, or why it failed
 * @param since when it came to be owed
 * @param process the child that overwrites, or did so last
 */
public record WipeRecord(
        LeaseId leaseId,
        GpuId gpuId,
        long generation,
        Step step,
        String detail,
        Instant since,
        Optional<Instant> endedAt,
        Optional<ProcessRecord> process) {
    /** How far it is. */
    public enum Step {
        /** The lease has, or had, a workload on the GPU: begun or not, it is begun again until it is over. */
        OWED,
        WIPED,
        FAILED
    }

    static WipeRecord owed(Assignment assignment, Instant now) {
        return new WipeRecord(
                assignment.key().leaseId(),
                assignment.key().gpuId(),
                assignment.generation(),
                Step.OWED,
                "owed after the lease",
                now,
                Optional.empty(),
                Optional.empty());
    }

    public boolean isOver() {
        return step != Step.OWED;
    }

    boolean isOf(LeaseId lease) {
        return leaseId.equals(lease);
    }

    WipeRecord doneBy(ProcessRecord child) {
        return new WipeRecord(leaseId, gpuId, generation, step, detail, since, endedAt, Optional.of(child));
    }

    WipeRecord over(Step how, String why, Instant now) {
        return new WipeRecord(leaseId, gpuId, generation, how, why, since, Optional.of(now), process);
    }
}

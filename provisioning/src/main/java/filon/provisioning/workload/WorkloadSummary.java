package filon.provisioning.workload;

import filon.contracts.message.WorkloadState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The state of a whole lease, made of its workloads: that of the one that is worst off, and how many are. */
public record WorkloadSummary(WorkloadState state, String reason, Instant since) {

    /**
     * @param gpuCount of the lease; GPUs that were never reported are pending
     * @param workloads at least one
     */
    static WorkloadSummary of(int gpuCount, List<Workload> workloads) {
        Workload worst = workloads.stream()
                .min(Comparator.comparingInt((Workload workload) -> rank(workload.state()))
                        .thenComparing(Workload::gpu))
                .orElseThrow();
        boolean isPartlyUnheard = workloads.size() < gpuCount && rank(worst.state()) > rank(WorkloadState.PENDING);
        if (isPartlyUnheard) {
            int missing = gpuCount - workloads.size();
            return new WorkloadSummary(
                    WorkloadState.PENDING, missing + " of " + gpuCount + " GPUs not started yet", worst.since());
        }
        long alike = workloads.stream()
                .filter(workload -> workload.state() == worst.state())
                .count();
        String reason = gpuCount == 1 ? worst.reason() : alike + " of " + gpuCount + " GPUs: " + worst.reason();
        return new WorkloadSummary(worst.state(), reason, worst.since());
    }

    /** While the lease's host is silent nobody knows; that is not the same as stopped. */
    static WorkloadSummary ofSilence(Instant lastReport, Instant authorisedUntil) {
        return new WorkloadSummary(
                WorkloadState.UNKNOWN,
                "its host has not reported since " + lastReport + "; the work may go on there until " + authorisedUntil,
                lastReport);
    }

    /** Not before what was said last: who reads it takes older news for outdated. */
    WorkloadSummary notBefore(Instant floor) {
        return since.isBefore(floor) ? new WorkloadSummary(state, reason, floor) : this;
    }

    /** The lower, the worse off; what has stopped counts only when all have. */
    private static int rank(WorkloadState state) {
        return switch (state) {
            case FAILED -> 0;
            case RESTARTING -> 1;
            case NO_POOL -> 2;
            case STOPPING -> 3;
            case PENDING -> 4;
            case PREPARING -> 5;
            case CONNECTING -> 6;
            case RUNNING -> 7;
            case STOPPED -> 8;
            case UNKNOWN -> 9;
        };
    }
}

package filon.provisioning.workload;

import static org.assertj.core.api.Assertions.assertThat;

import filon.contracts.message.WorkloadState;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WorkloadSummaryTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void oneGpuSpeaksForItself() {
        assertThat(WorkloadSummary.of(1, workloads(WorkloadState.CONNECTING)))
                .isEqualTo(new WorkloadSummary(WorkloadState.CONNECTING, "because", NOW));
    }

    @Test
    void theWorstOffSpeaksForAll() {
        assertThat(WorkloadSummary.of(
                        3, workloads(WorkloadState.RUNNING, WorkloadState.RESTARTING, WorkloadState.RUNNING)))
                .isEqualTo(new WorkloadSummary(WorkloadState.RESTARTING, "1 of 3 GPUs: because", NOW));
    }

    @Test
    void aLeaseHasStoppedOnlyWhenAllOfItHas() {
        assertThat(WorkloadSummary.of(2, workloads(WorkloadState.STOPPED, WorkloadState.RUNNING))
                        .state())
                .isEqualTo(WorkloadState.RUNNING);
        assertThat(WorkloadSummary.of(2, workloads(WorkloadState.STOPPED, WorkloadState.STOPPED))
                        .state())
                .isEqualTo(WorkloadState.STOPPED);
    }

    @Test
    void gpusThatWereNeverHeardOfArePending() {
        assertThat(WorkloadSummary.of(3, workloads(WorkloadState.RUNNING)))
                .isEqualTo(new WorkloadSummary(WorkloadState.PENDING, "2 of 3 GPUs not started yet", NOW));
    }

    private static List<Workload> workloads(WorkloadState... states) {
        LeaseId lease = LeaseId.of(UUID.randomUUID());
        List<Workload> workloads = new ArrayList<>();
        for (WorkloadState state : states) {
            workloads.add(new Workload(lease, GpuId.of("gpu" + workloads.size()), state, "because", NOW, 1, 1, NOW));
        }
        return workloads;
    }
}

package filon.agent.burnin;

import filon.contracts.message.BurnInState;
import filon.contracts.message.FleetReport.BurnInDevice;
import filon.contracts.message.HostOrder.RunBurnIn;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.mining.workload.ProcessRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The newest burn-in of this host; what is on disk is this record as JSON.
 *
 * @param progress what is being done, or how it ended, for people
 * @param process the child that does it, or did it last
 */
public record BurnInRecord(
        BurnInId id,
        List<GpuId> gpuIds,
        BurnInState state,
        String progress,
        Instant startedAt,
        Optional<Instant> endedAt,
        List<BurnInDevice> devices,
        Optional<ProcessRecord> process) {
    public BurnInRecord {
        gpuIds = List.copyOf(gpuIds);
        devices = List.copyOf(devices);
    }

    static BurnInRecord begun(RunBurnIn order, Instant now) {
        return new BurnInRecord(
                order.burnInId(),
                order.gpuIds(),
                BurnInState.RUNNING,
                "ordered",
                now,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** Nothing more happens to one that is over. */
    public boolean hasEnded() {
        return endedAt.isPresent();
    }

    BurnInRecord at(String newProgress) {
        return new BurnInRecord(id, gpuIds, state, newProgress, startedAt, endedAt, devices, process);
    }

    BurnInRecord doneBy(ProcessRecord child) {
        return new BurnInRecord(id, gpuIds, state, progress, startedAt, endedAt, devices, Optional.of(child));
    }

    BurnInRecord over(Outcome outcome, Instant now) {
        return new BurnInRecord(
                id,
                gpuIds,
                outcome.state(),
                outcome.summary(),
                startedAt,
                Optional.of(now),
                outcome.devices(),
                process);
    }
}

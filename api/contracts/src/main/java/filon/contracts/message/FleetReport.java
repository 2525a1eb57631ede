package filon.contracts.message;

import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What a host says is true right now. Topic {@link Topics#FLEET_REPORTED}, compacted, key = host id / slot. */
public sealed interface FleetReport extends Message {
    HostId hostId();

    /**
     * The host itself, sent at start and every few seconds: inventory, liveness, and which order it has applied.
     *
     * @param incarnation rises at each start of the agent
     * @param generation the highest generation of orders it has applied
     * @param instance random, one per start of the agent: two in one incarnation are two agents; null from agents that have none
     */
    record HostReported(
            HostId hostId,
            long incarnation,
            long generation,
            String agentVersion,
            Instant at,
            List<Gpu> gpus,
            UUID instance)
            implements FleetReport {
        public HostReported {
            gpus = List.copyOf(gpus);
        }

        /** As agents say it that have no instance. */
        public HostReported(
                HostId hostId, long incarnation, long generation, String agentVersion, Instant at, List<Gpu> gpus) {
            this(hostId, incarnation, generation, agentVersion, at, gpus, null);
        }

        @Override
        public String key() {
            return hostId + "/host";
        }
    }

    /** One OpenCL device of the host; what a device does not offer is absent (null), never invented. */
    record Gpu(
            GpuId gpuId,
            String name,
            String vendor,
            String platform,
            String driver,
            DeviceKind kind,
            long memoryBytes,
            int computeUnits,
            String pciId) {}

    /**
     * One workload (one GPU of one lease) as the host sees it.
     *
     * @param usageSequence the last usage report that holds anything of this workload; 0 = none yet
     */
    record WorkloadReported(
            HostId hostId,
            long incarnation,
            RentalId rentalId,
            LeaseId leaseId,
            long epoch,
            long generation,
            GpuId gpuId,
            WorkloadState state,
            String reason,
            Instant since,
            HashRate hashRate,
            long acceptedShares,
            long rejectedShares,
            long usageSequence,
            Instant at)
            implements FleetReport {
        @Override
        public String key() {
            return hostId + "/" + leaseId + "/" + gpuId;
        }
    }
}

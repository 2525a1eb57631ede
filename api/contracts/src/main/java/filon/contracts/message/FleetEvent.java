package filon.contracts.message;

import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import java.time.Instant;

/** Something that happened on a host. Topic {@link Topics#FLEET_EVENTS}, key = host id. */
public sealed interface FleetEvent extends Message {
    HostId hostId();

    Instant at();

    @Override
    default String key() {
        return hostId().toString();
    }

    /** The agent began a new life; {@code reattached} workloads were still running and were taken over. */
    record AgentStarted(HostId hostId, Instant at, long incarnation, String agentVersion, int reattached)
            implements FleetEvent {}

    /**
     * The agent did not obey an order: broken signature, older epoch or generation, expired, or not for this host.
     *
     * @param slot the record's key on the desired topic
     */
    record OrderRefused(
            HostId hostId,
            Instant at,
            String slot,
            String code,
            String reason,
            long generation,
            long epoch,
            long offset)
            implements FleetEvent {}

    record WorkloadStarted(HostId hostId, Instant at, LeaseId leaseId, long epoch, GpuId gpuId, long pid)
            implements FleetEvent {}

    /** {@code exitCode} is null when nobody saw it end. */
    record WorkloadExited(
            HostId hostId,
            Instant at,
            LeaseId leaseId,
            long epoch,
            GpuId gpuId,
            Integer exitCode,
            String reason,
            Long restartInMillis)
            implements FleetEvent {
        /** The exit code of a workload whose device computes wrong answers. */
        public static final int CODE_DEVICE_WRONG = 5;

        /** Whether it ended because its device computes wrong answers: that device must not mine. */
        public boolean foundDeviceWrong() {
            return exitCode != null && exitCode == CODE_DEVICE_WRONG;
        }
    }
}

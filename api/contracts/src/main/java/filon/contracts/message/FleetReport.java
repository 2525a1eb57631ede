package filon.contracts.message;

import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

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

    /**
     * The newest burn-in of the host: again and again while it runs, and for as long as it is the newest.
     *
     * @param progress for people: what is being done, or why it failed
     * @param endedAt null while it runs
     * @param devices what is known of each; a device that was not reached is absent
     */
    record BurnInReported(
            HostId hostId,
            long incarnation,
            BurnInId burnInId,
            BurnInState state,
            String progress,
            Instant startedAt,
            Instant endedAt,
            List<BurnInDevice> devices,
            Instant at)
            implements FleetReport {
        public BurnInReported {
            Stream.of(hostId, burnInId, state, progress, startedAt, at).forEach(Objects::requireNonNull);
            devices = List.copyOf(devices);
            if ((endedAt == null) != (state == BurnInState.RUNNING)) {
                throw new IllegalArgumentException(
                        "burn-in " + burnInId + " is " + state + " and its end is " + endedAt);
            }
        }

        @Override
        public String key() {
            return hostId + "/burn-in";
        }
    }

    /**
     * How the wipe of one GPU ended after its lease: said again and again until another lease has the GPU.
     *
     * @param detail for people: what was overwritten and checked, or why it could not be
     * @param endedAt when the lease's folder was gone and its memory overwritten, or the wipe was given up
     */
    record WipeReported(
            HostId hostId,
            long incarnation,
            LeaseId leaseId,
            GpuId gpuId,
            WipeState state,
            String detail,
            Instant endedAt,
            Instant at)
            implements FleetReport {
        public WipeReported {
            Stream.of(hostId, leaseId, gpuId, state, detail, endedAt, at).forEach(Objects::requireNonNull);
        }

        @Override
        public String key() {
            return hostId + "/wipe/" + gpuId;
        }
    }

    /** What a burn-in found of one device. */
    record BurnInDevice(GpuId gpuId, boolean passed, List<BurnInCheck> checks, List<BurnInBenchmark> benchmarks) {
        public BurnInDevice {
            Objects.requireNonNull(gpuId);
            checks = List.copyOf(checks);
            benchmarks = List.copyOf(benchmarks);
        }
    }

    /** One check of a burn-in; {@code detail} is for people. */
    record BurnInCheck(String name, boolean passed, String detail, double seconds) {
        public BurnInCheck {
            Objects.requireNonNull(name);
            Objects.requireNonNull(detail);
        }
    }

    /**
     * What a device was measured to hash.
     *
     * @param median of all runs, {@code low} and {@code high} the slowest and the fastest of them
     * @param seconds all runs together
     */
    record BurnInBenchmark(
            Algorithm algorithm, HashRate median, HashRate low, HashRate high, int runs, double seconds) {
        public BurnInBenchmark {
            Objects.requireNonNull(algorithm);
            if (runs < 1
                    || low.hashesPerSecond() < 1
                    || low.hashesPerSecond() > median.hashesPerSecond()
                    || median.hashesPerSecond() > high.hashesPerSecond()) {
                throw new IllegalArgumentException("a benchmark of " + runs + " runs from " + low + " over " + median
                        + " to " + high + " was never measured");
            }
        }
    }
}

package filon.contracts.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import filon.contracts.value.Algorithm;
import filon.contracts.value.BurnInId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.Pool;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.List;

/**
 * What should be true on one host: the payload of a {@link SignedOrder}.
 *
 * <p>Orders are state, not commands: a later one for the same slot replaces an earlier one, and repeating one changes
 * nothing. The agent persists the highest (generation, epoch) before it acts and refuses anything older.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = HostOrder.RunWorkload.class, name = "run-workload.v1"),
    @JsonSubTypes.Type(value = HostOrder.StopWorkload.class, name = "stop-workload.v1"),
    @JsonSubTypes.Type(value = HostOrder.TrimUsage.class, name = "trim-usage.v1"),
    @JsonSubTypes.Type(value = HostOrder.RunBurnIn.class, name = "run-burn-in.v1")
})
public sealed interface HostOrder {
    HostId hostId();

    /** Rises with every order to this host, over all slots. */
    long generation();

    /** The record's key on the host's desired topic. */
    String slot();

    /**
     * The lease's workloads should run, one per GPU, until {@code authorisedUntil}, after which they stop by themselves.
     *
     * @param allowedAddresses address ranges (CIDR) that the operator allows beyond public ones
     */
    record RunWorkload(
            HostId hostId,
            long generation,
            LeaseId leaseId,
            RentalId rentalId,
            long epoch,
            Instant notBefore,
            Instant authorisedUntil,
            Algorithm algorithm,
            List<GpuId> gpuIds,
            List<Pool> pools,
            List<String> allowedAddresses)
            implements HostOrder {
        public RunWorkload {
            gpuIds = List.copyOf(gpuIds);
            pools = List.copyOf(pools);
            allowedAddresses = List.copyOf(allowedAddresses);
        }

        @Override
        public String slot() {
            return "workload/" + leaseId;
        }
    }

    /** The lease's workloads should not run, now and for ever. */
    record StopWorkload(HostId hostId, long generation, LeaseId leaseId, RentalId rentalId, long epoch, String reason)
            implements HostOrder {
        @Override
        public String slot() {
            return "workload/" + leaseId;
        }
    }

    /** Usage reports up to this one are safe in billing's database: the agent may drop them from its log. */
    record TrimUsage(HostId hostId, long generation, long incarnation, long throughSequence) implements HostOrder {
        @Override
        public String slot() {
            return "usage-trim";
        }
    }

    /**
     * These devices, on which nothing else runs, should have been tried under load before {@code notAfter}; what has been tried under
     * this id is not tried again.
     *
     * @param algorithms whose known answers are checked and whose hash rate is measured
     * @param benchmarkSeconds how long each run of a measurement takes
     */
    record RunBurnIn(
            HostId hostId,
            long generation,
            BurnInId burnInId,
            Instant notAfter,
            List<GpuId> gpuIds,
            List<Algorithm> algorithms,
            int benchmarkSeconds)
            implements HostOrder {
        /** There is one: a later burn-in replaces an earlier one. */
        public static final String SLOT = "burn-in";

        public RunBurnIn {
            gpuIds = List.copyOf(gpuIds);
            algorithms = List.copyOf(algorithms);
        }

        @Override
        public String slot() {
            return SLOT;
        }
    }
}

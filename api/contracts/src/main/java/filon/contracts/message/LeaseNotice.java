package filon.contracts.message;

import filon.contracts.value.Algorithm;
import filon.contracts.value.CustomerId;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.contracts.value.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** What provisioning decided and saw. Topic {@link Topics#LEASE_NOTICES}, key = rental id (hosts: host id). */
public sealed interface LeaseNotice extends Message {

    /** GPUs of one host belong to a rental from now on, under this epoch; only the newest epoch of a rental is billed. */
    record Granted(
            RentalId rentalId,
            CustomerId customerId,
            LeaseId leaseId,
            long epoch,
            HostId hostId,
            List<GpuId> gpuIds,
            Instant grantedAt,
            Instant authorisedUntil)
            implements LeaseNotice {
        public Granted {
            gpuIds = List.copyOf(gpuIds);
        }

        @Override
        public String key() {
            return rentalId.toString();
        }
    }

    /** No host can take the rental now; one reason per host that was looked at, or a single general one. */
    record PlacementRefused(RentalId rentalId, List<String> reasons) implements LeaseNotice {
        public PlacementRefused {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String key() {
            return rentalId.toString();
        }
    }

    /** What the host says of the lease's workload, passed on when the state or its reason changed. */
    record WorkloadObserved(
            RentalId rentalId, LeaseId leaseId, long epoch, WorkloadState state, String reason, Instant since)
            implements LeaseNotice {
        @Override
        public String key() {
            return rentalId.toString();
        }
    }

    /**
     * The host of a lease is wanted empty from a time on. Told before it begins to be emptied, and again for each lease that begins on it meanwhile.
     *
     * @param windowId which announcement; a second one for the same host has another
     * @param reason what staff said
     * @param consequence what happens to the rental, for its customer
     */
    record MaintenanceAnnounced(
            RentalId rentalId,
            LeaseId leaseId,
            long epoch,
            UUID windowId,
            Instant startsAt,
            String reason,
            String consequence)
            implements LeaseNotice {
        public MaintenanceAnnounced {
            Stream.of(rentalId, leaseId, windowId, startsAt, reason, consequence)
                    .forEach(Objects::requireNonNull);
        }

        @Override
        public String key() {
            return rentalId.toString();
        }
    }

    /** What was announced does not happen. */
    record MaintenanceWithdrawn(RentalId rentalId, LeaseId leaseId, long epoch, UUID windowId) implements LeaseNotice {
        public MaintenanceWithdrawn {
            Stream.of(rentalId, leaseId, windowId).forEach(Objects::requireNonNull);
        }

        @Override
        public String key() {
            return rentalId.toString();
        }
    }

    /** The lease is over: the workload has stopped, or the host was given up. Its GPUs are free when they are wiped. */
    record Ended(RentalId rentalId, LeaseId leaseId, long epoch, Instant endedAt, String reason)
            implements LeaseNotice {
        @Override
        public String key() {
            return rentalId.toString();
        }
    }

    /**
     * A host as staff see it, after each change of its state.
     *
     * @param standing the same state with code, owner and next step; null from who does not tell it
     */
    record HostKnown(
            HostId hostId,
            String name,
            String site,
            String state,
            String reason,
            Instant since,
            List<GpuKnown> gpus,
            long version,
            Standing standing)
            implements LeaseNotice {
        public HostKnown {
            gpus = List.copyOf(gpus);
        }

        /** Without its standing. */
        public HostKnown(
                HostId hostId,
                String name,
                String site,
                String state,
                String reason,
                Instant since,
                List<GpuKnown> gpus,
                long version) {
            this(hostId, name, site, state, reason, since, gpus, version, null);
        }

        @Override
        public String key() {
            return hostId.toString();
        }
    }

    /**
     * A GPU of a host.
     *
     * @param leaseId null while it is free
     * @param rates what it was measured to hash; null where it never was
     * @param standing how it is; null from who does not tell it
     */
    record GpuKnown(
            GpuId gpuId,
            String name,
            DeviceKind kind,
            long memoryBytes,
            LeaseId leaseId,
            RentalId rentalId,
            List<MeasuredRate> rates,
            Standing standing) {
        public GpuKnown {
            rates = rates == null ? null : List.copyOf(rates);
        }

        /** Without its standing. */
        public GpuKnown(
                GpuId gpuId,
                String name,
                DeviceKind kind,
                long memoryBytes,
                LeaseId leaseId,
                RentalId rentalId,
                List<MeasuredRate> rates) {
            this(gpuId, name, kind, memoryBytes, leaseId, rentalId, rates, null);
        }

        /** One that was never measured. */
        public GpuKnown(
                GpuId gpuId, String name, DeviceKind kind, long memoryBytes, LeaseId leaseId, RentalId rentalId) {
            this(gpuId, name, kind, memoryBytes, leaseId, rentalId, null);
        }
    }

    /** What a device was measured to hash, in its newest passed burn-in: the median of several runs, the slowest, the fastest. */
    record MeasuredRate(Algorithm algorithm, HashRate median, HashRate low, HashRate high, Instant measuredAt) {
        public MeasuredRate {
            if (low.hashesPerSecond() > median.hashesPerSecond() || median.hashesPerSecond() > high.hashesPerSecond()) {
                throw new IllegalArgumentException(
                        "a median of " + median + " does not lie between " + low + " and " + high);
            }
        }
    }
}

package filon.provisioning.fleet;

import filon.provisioning.burnin.BurnIn;
import filon.provisioning.host.HostEventLine;
import filon.provisioning.host.Liveness;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.lease.Lease;
import filon.provisioning.location.Location;
import filon.provisioning.maintenance.MaintenanceWindow;
import filon.provisioning.workload.SeenWorkload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the features know of one host.
 *
 * @param certificateEnds of the newest certificate
 * @param leases those that have not ended
 * @param maintenance windows ahead
 */
record HostFacts(
        Optional<Liveness> liveness,
        Optional<HostIdentity> identity,
        Optional<Instant> certificateEnds,
        Optional<Location> location,
        List<InventoryGpu> gpus,
        List<LeaseFacts> leases,
        List<MaintenanceWindow> maintenance,
        Optional<BurnIn> burnIn,
        List<HostEventLine> events) {
    HostFacts {
        gpus = List.copyOf(gpus);
        leases = List.copyOf(leases);
        maintenance = List.copyOf(maintenance);
        events = List.copyOf(events);
    }

    /**
     * A lease and what its host said of its workloads.
     *
     * @param wantedSince the generation of the order that says what is wanted of it now
     */
    record LeaseFacts(Lease lease, long wantedSince, List<SeenWorkload> workloads) {
        LeaseFacts {
            workloads = List.copyOf(workloads);
        }
    }

    /** The highest order that the host has applied. */
    long applied() {
        return liveness.map(Liveness::generation).orElse(0L);
    }
}

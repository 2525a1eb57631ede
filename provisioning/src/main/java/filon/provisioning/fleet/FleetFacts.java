package filon.provisioning.fleet;

import filon.contracts.value.HostId;
import filon.provisioning.burnin.BurnIn;
import filon.provisioning.fleet.HostFacts.LeaseFacts;
import filon.provisioning.host.Liveness;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.location.Location;
import filon.provisioning.maintenance.MaintenanceWindow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the features know of all hosts. */
record FleetFacts(
        Map<HostId, Liveness> liveness,
        Map<HostId, HostIdentity> identities,
        Map<HostId, Instant> certificateEnds,
        Map<HostId, Location> locations,
        Map<HostId, List<InventoryGpu>> gpus,
        Map<HostId, List<LeaseFacts>> leases,
        Map<HostId, List<MaintenanceWindow>> maintenance,
        Map<HostId, BurnIn> burnIns) {
    /** Of one host, without its events. */
    HostFacts of(HostId host) {
        return new HostFacts(
                Optional.ofNullable(liveness.get(host)),
                Optional.ofNullable(identities.get(host)),
                Optional.ofNullable(certificateEnds.get(host)),
                Optional.ofNullable(locations.get(host)),
                gpus.getOrDefault(host, List.of()),
                leases.getOrDefault(host, List.of()),
                maintenance.getOrDefault(host, List.of()),
                Optional.ofNullable(burnIns.get(host)),
                List.of());
    }
}

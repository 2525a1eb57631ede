package filon.provisioning.placement;

import filon.contracts.value.Algorithm;
import filon.contracts.value.DeviceKind;
import filon.contracts.value.GpuId;
import filon.contracts.value.HashRate;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.Host;
import filon.provisioning.inventory.GpuHealth;
import filon.provisioning.lease.Tenant;
import filon.provisioning.location.Location;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host as placement sees it.
 *
 * @param maintenanceIn how long it is until the host's next announced maintenance, not positive once that is due; null = none is
 *     announced, see {@link #nextMaintenance}
 * @param tenants one per lease on the host that has not ended
 */
public record Candidate(
        Host host,
        Connectivity connectivity,
        Location location,
        Duration maintenanceIn,
        List<Device> devices,
        List<Tenant> tenants) {
    public Candidate {
        devices = List.copyOf(devices);
        tenants = List.copyOf(tenants);
    }

    /**
     * One GPU.
     *
     * @param model as its host names it
     * @param free present and without a lease
     * @param measured the median of its last burn-in; nothing where there was none
     */
    public record Device(
            GpuId id,
            DeviceKind kind,
            String model,
            GpuHealth health,
            boolean free,
            Map<Algorithm, HashRate> measured) {
        public Device {
            measured = Map.copyOf(measured);
        }

        boolean isUsable() {
            return health.state().isPlaceable();
        }

        Optional<HashRate> measured(Algorithm algorithm) {
            return Optional.ofNullable(measured.get(algorithm));
        }
    }

    public Optional<Duration> nextMaintenance() {
        return Optional.ofNullable(maintenanceIn);
    }

    /** Whether it takes new work at all, whatever its devices are. */
    boolean isOpen() {
        return host.state().isPlaceable() && connectivity == Connectivity.ONLINE;
    }
}

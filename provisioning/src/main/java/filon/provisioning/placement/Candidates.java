package filon.provisioning.placement;

import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.value.Algorithm;
import filon.contracts.value.CustomerId;
import filon.contracts.value.HashRate;
import filon.contracts.value.HostId;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.Host;
import filon.provisioning.host.HostState;
import filon.provisioning.host.Hosts;
import filon.provisioning.host.Liveness;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.lease.Leases;
import filon.provisioning.lease.Tenant;
import filon.provisioning.location.Location;
import filon.provisioning.location.Locations;
import filon.provisioning.maintenance.MaintenanceWindow;
import filon.provisioning.maintenance.MaintenanceWindows;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts together what the features know of hosts, as placement wants to see it; hosts that are gone for ever are left out. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Candidates {
    private final Hosts hosts;
    private final Inventory inventory;
    private final Leases leases;
    private final Locations locations;
    private final MaintenanceWindows maintenance;
    private final Clock clock;

    Candidates(
            Hosts hosts,
            Inventory inventory,
            Leases leases,
            Locations locations,
            MaintenanceWindows maintenance,
            Clock clock) {
        this.hosts = hosts;
        this.inventory = inventory;
        this.leases = leases;
        this.locations = locations;
        this.maintenance = maintenance;
        this.clock = clock;
    }

    /** What was read at one moment. */
    private record Facts(
            Map<HostId, Liveness> liveness,
            Map<HostId, List<InventoryGpu>> gpus,
            Map<HostId, List<Tenant>> tenants,
            Map<HostId, Location> locations,
            Map<HostId, Instant> maintenance,
            Instant now) {}

    /** Every host; of the leases on it only those of the customer, since others do not matter to its order. */
    List<Candidate> of(CustomerId customer) {
        // the hosts first: whoever changes one of them later raises its version, and the choice is void
        List<Host> all = hosts.all();
        Facts facts = new Facts(
                hosts.livenessOfAll(),
                inventory.ofAll(),
                leases.tenants(customer),
                locations.all(),
                maintenance.ahead().stream()
                        .collect(Collectors.toMap(
                                MaintenanceWindow::host, MaintenanceWindow::startsAt, (earliest, later) -> earliest)),
                clock.instant());
        return all.stream()
                .filter(host -> !(host.state() instanceof HostState.Retired))
                .map(host -> candidate(host, facts))
                .toList();
    }

    private static Candidate candidate(Host host, Facts facts) {
        HostId id = host.id();
        return new Candidate(
                host,
                Optional.ofNullable(facts.liveness().get(id))
                        .map(heard -> heard.connectivityAt(facts.now()))
                        .orElse(Connectivity.NEVER_HEARD),
                facts.locations().getOrDefault(id, Location.of(host.site())),
                Optional.ofNullable(facts.maintenance().get(id))
                        .map(starts -> Duration.between(facts.now(), starts))
                        .orElse(null),
                facts.gpus().getOrDefault(id, List.of()).stream()
                        .map(Candidates::device)
                        .toList(),
                facts.tenants().getOrDefault(id, List.of()));
    }

    private static Candidate.Device device(InventoryGpu gpu) {
        Map<Algorithm, HashRate> measured =
                gpu.measured().stream().collect(Collectors.toMap(MeasuredRate::algorithm, MeasuredRate::median));
        return new Candidate.Device(gpu.id(), gpu.gpu().kind(), gpu.gpu().name(), gpu.health(), gpu.isFree(), measured);
    }
}

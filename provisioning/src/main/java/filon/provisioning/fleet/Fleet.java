package filon.provisioning.fleet;

import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.provisioning.burnin.BurnIns;
import filon.provisioning.fleet.HostFacts.LeaseFacts;
import filon.provisioning.host.Hosts;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.identity.Identities;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.lease.Leases;
import filon.provisioning.location.Locations;
import filon.provisioning.maintenance.MaintenanceWindow;
import filon.provisioning.maintenance.MaintenanceWindows;
import filon.provisioning.workload.SeenWorkload;
import filon.provisioning.workload.Workloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts together what the features know of hosts. */
@ApplicationScoped
@Transactional
public class Fleet {
    private static final int EVENTS_SHOWN = 50;
    private static final int BURN_INS_SHOWN = 100;
    private final Hosts hosts;
    private final Identities identities;
    private final Inventory inventory;
    private final Leases leases;
    private final Workloads workloads;
    private final Locations locations;
    private final MaintenanceWindows maintenance;
    private final BurnIns burnIns;
    private final Clock clock;

    Fleet(
            Hosts hosts,
            Identities identities,
            Inventory inventory,
            Leases leases,
            Workloads workloads,
            Locations locations,
            MaintenanceWindows maintenance,
            BurnIns burnIns,
            Clock clock) {
        this.hosts = hosts;
        this.identities = identities;
        this.inventory = inventory;
        this.leases = leases;
        this.workloads = workloads;
        this.locations = locations;
        this.maintenance = maintenance;
        this.burnIns = burnIns;
        this.clock = clock;
    }

    /** Every host, without its events and without what its burn-in found of each device; a fixed number of queries, however many hosts. */
    public List<HostView> all() {
        Instant now = clock.instant();
        FleetFacts facts = new FleetFacts(
                hosts.livenessOfAll(),
                identities.all(),
                identities.lastEnds(),
                locations.all(),
                inventory.ofAll(),
                leasesByHost(),
                maintenance.ahead().stream().collect(Collectors.groupingBy(MaintenanceWindow::host)),
                burnIns.newestOfAll());
        return hosts.all().stream()
                .map(host -> new HostSight(host, facts.of(host.id()), now).view())
                .toList();
    }

    private Map<HostId, List<LeaseFacts>> leasesByHost() {
        Map<LeaseId, List<SeenWorkload>> seen = workloads.ofUnended().stream()
                .collect(Collectors.groupingBy(one -> one.said().lease()));
        Map<LeaseId, Long> wantedSince = leases.wantedSince();
        return leases.unended().stream()
                .map(lease -> new LeaseFacts(
                        lease, wantedSince.getOrDefault(lease.id(), 0L), seen.getOrDefault(lease.id(), List.of())))
                .collect(Collectors.groupingBy(leased -> leased.lease().host()));
    }

    public Optional<HostView> find(HostId id) {
        Instant now = clock.instant();
        return hosts.find(id).map(host -> new HostSight(host, facts(id), now).view());
    }

    private HostFacts facts(HostId id) {
        Optional<HostIdentity> identity = identities.find(id);
        return new HostFacts(
                hosts.liveness(id),
                identity,
                identity.flatMap(identities::lastEnd),
                locations.find(id),
                inventory.of(id),
                leases.unended(id).stream()
                        .map(lease -> new LeaseFacts(lease, leases.wantedSince(lease.id()), workloads.of(lease.id())))
                        .toList(),
                maintenance.ahead(id),
                burnIns.newest(id, 1).stream().findFirst(),
                hosts.newestEvents(id, EVENTS_SHOWN));
    }

    /** The burn-ins of a host, the newest first. */
    public List<BurnInView> burnIns(HostId id) {
        return burnIns.newest(id, BURN_INS_SHOWN).stream().map(BurnInView::of).toList();
    }
}

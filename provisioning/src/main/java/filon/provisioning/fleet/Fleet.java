package filon.provisioning.fleet;

import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.provisioning.fleet.HostView.GpuView;
import filon.provisioning.fleet.HostView.IdentityView;
import filon.provisioning.fleet.HostView.LeaseView;
import filon.provisioning.fleet.HostView.WorkloadView;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.Host;
import filon.provisioning.host.Hosts;
import filon.provisioning.host.Liveness;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.identity.Identities;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.inventory.InventoryGpu.Allocation;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.Leases;
import filon.provisioning.workload.Workloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts together what the features know of hosts. */
@ApplicationScoped
@Transactional
public class Fleet {
    private static final int EVENTS_SHOWN = 50;
    private final Hosts hosts;
    private final Identities identities;
    private final Inventory inventory;
    private final Leases leases;
    private final Workloads workloads;
    private final Clock clock;

    Fleet(Hosts hosts, Identities identities, Inventory inventory, Leases leases, Workloads workloads, Clock clock) {
        this.hosts = hosts;
        this.identities = identities;
        this.inventory = inventory;
        this.leases = leases;
        this.workloads = workloads;
        this.clock = clock;
    }

    /** Every host, without its events. */
    public List<HostView> all() {
        return hosts.all().stream().map(host -> view(host, 0)).toList();
    }

    public Optional<HostView> find(HostId id) {
        return hosts.find(id).map(host -> view(host, EVENTS_SHOWN));
    }

    private HostView view(Host host, int events) {
        Instant now = clock.instant();
        Optional<Liveness> liveness = hosts.liveness(host.id());
        return new HostView(
                host.id(),
                host.name(),
                host.site(),
                host.state().label(),
                host.reasonWith(liveness, now),
                host.since(),
                host.deadline().orElse(null),
                host.state().move(),
                liveness.map(heard -> heard.connectivityAt(now)).orElse(Connectivity.NEVER_HEARD),
                liveness.map(Liveness::reportedAt).orElse(null),
                liveness.map(Liveness::agentVersion).orElse(null),
                liveness.map(Liveness::generation).orElse(null),
                identities.find(host.id()).map(this::view).orElse(null),
                inventory.of(host.id()).stream().map(Fleet::view).toList(),
                leases.unended(host.id()).stream().map(this::view).toList(),
                hosts.newestEvents(host.id(), events));
    }

    private IdentityView view(HostIdentity identity) {
        return new IdentityView(
                identity.enrolment(),
                identity.fingerprint(),
                identity.serials().expected(),
                identity.serials().found(),
                identities.lastEnd(identity).orElse(null),
                identity.confirmedAt(),
                identity.revokedAt());
    }

    private static GpuView view(InventoryGpu gpu) {
        LeaseId lease = gpu.allocatedTo().map(Allocation::leaseId).orElse(null);
        RentalId rental = gpu.allocatedTo().map(Allocation::rentalId).orElse(null);
        return new GpuView(
                gpu.id(),
                gpu.gpu().name(),
                gpu.gpu().kind(),
                gpu.gpu().memoryBytes(),
                gpu.gpu().computeUnits(),
                gpu.gpu().driver(),
                gpu.gpu().pciId(),
                gpu.present(),
                lease,
                rental);
    }

    private LeaseView view(Lease lease) {
        return new LeaseView(
                lease.id(),
                lease.rental(),
                lease.epoch(),
                lease.state().label(),
                lease.reason(),
                lease.gpus(),
                lease.grantedAt(),
                lease.authorisedUntil(),
                workloads.of(lease.id()).stream()
                        .map(workload ->
                                new WorkloadView(workload.gpu(), workload.state(), workload.reason(), workload.since()))
                        .toList());
    }
}

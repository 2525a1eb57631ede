package filon.provisioning.fleet;

import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.contracts.value.Standing;
import filon.provisioning.burnin.BurnIns;
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
import filon.provisioning.lease.LeaseState;
import filon.provisioning.lease.Leases;
import filon.provisioning.location.Location;
import filon.provisioning.location.Locations;
import filon.provisioning.maintenance.MaintenanceWindows;
import filon.provisioning.workload.ShownWorkload;
import filon.provisioning.workload.Workload;
import filon.provisioning.workload.WorkloadStanding;
import filon.provisioning.workload.WorkloadStanding.Desired;
import filon.provisioning.workload.WorkloadStanding.Goal;
import filon.provisioning.workload.WorkloadStanding.Observed;
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

    /** What is known of a host beside its leases. */
    private record Seen(long applied, List<InventoryGpu> gpus) {
        WorkloadStanding standing(GpuId gpu, Optional<Workload> said, Desired desired, LeaseId lease) {
            Observed observed = new Observed(
                    said.map(Workload::state).orElse(null),
                    said.map(Workload::reason).orElse(null),
                    applied);
            return WorkloadStanding.of(desired, observed, isAllocated(gpu, lease));
        }

        private boolean isAllocated(GpuId id, LeaseId lease) {
            return gpus.stream()
                    .filter(gpu -> gpu.id().equals(id))
                    .flatMap(gpu -> gpu.allocatedTo().stream())
                    .anyMatch(allocation -> allocation.leaseId().equals(lease));
        }
    }

    /** Every host, without its events. */
    public List<HostView> all() {
        return hosts.all().stream().map(host -> view(host, 0)).toList();
    }

    public Optional<HostView> find(HostId id) {
        return hosts.find(id).map(host -> view(host, EVENTS_SHOWN));
    }

    /** The burn-ins of a host, the newest first. */
    public List<BurnInView> burnIns(HostId id) {
        return burnIns.newest(id, BURN_INS_SHOWN).stream().map(BurnInView::of).toList();
    }

    private HostView view(Host host, int events) {
        Instant now = clock.instant();
        Optional<Liveness> liveness = hosts.liveness(host.id());
        List<InventoryGpu> gpus = inventory.of(host.id());
        Seen seen = new Seen(liveness.map(Liveness::generation).orElse(0L), gpus);
        Standing standing = host.standing(liveness, now);
        Location location = locations.find(host.id()).orElseGet(() -> Location.of(host.site()));
        return new HostView(
                host.id(),
                host.name(),
                host.site(),
                location.rack(),
                location.power(),
                standing.state(),
                standing.code(),
                standing.reason(),
                standing.owner(),
                standing.since(),
                standing.nextStep(),
                standing.deadline(),
                host.state().move(),
                liveness.map(heard -> heard.connectivityAt(now)).orElse(Connectivity.NEVER_HEARD),
                liveness.map(Liveness::reportedAt).orElse(null),
                liveness.map(Liveness::agentVersion).orElse(null),
                liveness.map(Liveness::generation).orElse(null),
                identities.find(host.id()).map(this::view).orElse(null),
                gpus.stream().map(Fleet::view).toList(),
                leases.unended(host.id()).stream()
                        .map(lease -> view(lease, seen))
                        .toList(),
                maintenance.ahead(host.id()),
                hosts.newestEvents(host.id(), events),
                burnIns.newest(host.id(), 1).stream()
                        .findFirst()
                        .map(BurnInView::of)
                        .orElse(null));
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
        Standing standing = gpu.health().standing();
        return new GpuView(
                gpu.id(),
                gpu.gpu().name(),
                gpu.gpu().kind(),
                gpu.gpu().memoryBytes(),
                gpu.gpu().computeUnits(),
                gpu.gpu().driver(),
                gpu.gpu().pciId(),
                gpu.present(),
                standing.state(),
                standing.code(),
                standing.reason(),
                standing.owner(),
                standing.since(),
                standing.nextStep(),
                gpu.measured(),
                lease,
                rental);
    }

    private LeaseView view(Lease lease, Seen seen) {
        Map<GpuId, Workload> said =
                workloads.of(lease.id()).stream().collect(Collectors.toMap(Workload::gpu, workload -> workload));
        Map<GpuId, Standing> shown = workloads.shown(lease.id()).stream()
                .collect(Collectors.toMap(ShownWorkload::gpu, ShownWorkload::standing));
        Desired desired = new Desired(goal(lease.state()), leases.wantedSince(lease.id()));
        Standing standing = lease.standing();
        return new LeaseView(
                lease.id(),
                lease.rental(),
                lease.epoch(),
                standing.state(),
                standing.code(),
                standing.reason(),
                standing.owner(),
                standing.since(),
                standing.nextStep(),
                lease.gpus(),
                lease.grantedAt(),
                lease.authorisedUntil(),
                lease.gpus().stream()
                        .map(gpu -> view(
                                gpu,
                                Optional.ofNullable(said.get(gpu)),
                                Optional.ofNullable(shown.get(gpu)),
                                seen.standing(gpu, Optional.ofNullable(said.get(gpu)), desired, lease.id())))
                        .toList());
    }

    private static WorkloadView view(
            GpuId gpu, Optional<Workload> said, Optional<Standing> shown, WorkloadStanding standing) {
        return new WorkloadView(
                gpu,
                said.map(Workload::state).orElse(null),
                said.map(Workload::reason).orElse(null),
                said.map(Workload::since).orElse(null),
                shown.orElse(null),
                standing.label(),
                standing.reason(),
                standing.move());
    }

    private static Goal goal(LeaseState state) {
        return switch (state) {
            case LeaseState.Granted granted -> Goal.RUN;
            case LeaseState.Draining draining -> Goal.STOP;
            case LeaseState.Ended ended -> Goal.NOTHING;
        };
    }
}

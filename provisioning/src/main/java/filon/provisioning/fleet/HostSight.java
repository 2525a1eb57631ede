package filon.provisioning.fleet;

import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.contracts.value.Standing;
import filon.provisioning.fleet.HostFacts.LeaseFacts;
import filon.provisioning.fleet.HostView.GpuView;
import filon.provisioning.fleet.HostView.IdentityView;
import filon.provisioning.fleet.HostView.LeaseView;
import filon.provisioning.fleet.HostView.WorkloadView;
import filon.provisioning.host.Connectivity;
import filon.provisioning.host.Host;
import filon.provisioning.host.Liveness;
import filon.provisioning.identity.HostIdentity;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.inventory.InventoryGpu.Allocation;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.LeaseState;
import filon.provisioning.location.Location;
import filon.provisioning.workload.SeenWorkload;
import filon.provisioning.workload.ShownWorkload;
import filon.provisioning.workload.Workload;
import filon.provisioning.workload.WorkloadStanding;
import filon.provisioning.workload.WorkloadStanding.Desired;
import filon.provisioning.workload.WorkloadStanding.Goal;
import filon.provisioning.workload.WorkloadStanding.Observed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes of one host's facts what staff see. Pure.
 *
 * @param now when connectivity is looked at
 */
record HostSight(Host host, HostFacts facts, Instant now) {
    HostView view() {
        Optional<Liveness> liveness = facts.liveness();
        Standing standing = host.standing(liveness, now);
        Location location = facts.location().orElseGet(() -> Location.of(host.site()));
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
                facts.identity().map(this::view).orElse(null),
                facts.gpus().stream().map(HostSight::view).toList(),
                facts.leases().stream().map(this::view).toList(),
                facts.maintenance(),
                facts.events(),
                facts.burnIn().map(BurnInView::of).orElse(null));
    }

    private IdentityView view(HostIdentity identity) {
        return new IdentityView(
                identity.enrolment(),
                identity.fingerprint(),
                identity.serials().expected(),
                identity.serials().found(),
                facts.certificateEnds().orElse(null),
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

    private LeaseView view(LeaseFacts leased) {
        Lease lease = leased.lease();
        Map<GpuId, SeenWorkload> seen = leased.workloads().stream()
                .collect(Collectors.toMap(one -> one.said().gpu(), one -> one));
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
                        .map(gpu -> workload(gpu, Optional.ofNullable(seen.get(gpu)), leased))
                        .toList());
    }

    private WorkloadView workload(GpuId gpu, Optional<SeenWorkload> seen, LeaseFacts leased) {
        Optional<Workload> said = seen.map(SeenWorkload::said);
        Desired desired = new Desired(goal(leased.lease().state()), leased.wantedSince());
        Observed observed = new Observed(
                said.map(Workload::state).orElse(null),
                said.map(Workload::reason).orElse(null),
                facts.applied());
        return view(
                gpu,
                seen,
                WorkloadStanding.of(
                        desired, observed, isAllocated(gpu, leased.lease().id())));
    }

    private boolean isAllocated(GpuId id, LeaseId lease) {
        return facts.gpus().stream()
                .filter(gpu -> gpu.id().equals(id))
                .flatMap(gpu -> gpu.allocatedTo().stream())
                .anyMatch(allocation -> allocation.leaseId().equals(lease));
    }

    private static WorkloadView view(GpuId gpu, Optional<SeenWorkload> seen, WorkloadStanding standing) {
        Optional<Workload> said = seen.map(SeenWorkload::said);
        return new WorkloadView(
                gpu,
                said.map(Workload::state).orElse(null),
                said.map(Workload::reason).orElse(null),
                said.map(Workload::since).orElse(null),
                seen.flatMap(SeenWorkload::shown).map(ShownWorkload::standing).orElse(null),
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

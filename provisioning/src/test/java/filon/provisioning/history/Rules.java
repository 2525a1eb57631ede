package filon.provisioning.history;

import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostMoves;
import filon.provisioning.host.HostState;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.GpuMoves;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.LeaseEvent;
import filon.provisioning.lease.LeaseMoves;
import filon.provisioning.placement.Candidate;
import filon.provisioning.placement.Demand;
import filon.provisioning.placement.DemandEvent;
import filon.provisioning.placement.DemandMoves;
import filon.provisioning.placement.Placement;
import filon.provisioning.placement.PlacementPolicy;
import filon.provisioning.placement.Request;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** What a history is played by: the real rules, or the same with one of them broken. */
record Rules(
        BiFunction<HostState, HostEvent, HostMoves.Answer> host,
        BiFunction<GpuState, GpuEvent, GpuMoves.Answer> gpu,
        BiFunction<Lease, LeaseEvent, LeaseMoves.Answer> lease,
        BiFunction<Demand, DemandEvent, DemandMoves.Answer> demand,
        Decision placement,
        Set<Guard> guards) {

    /** {@link Placement#decide}. */
    @FunctionalInterface
    interface Decision {
        Placement decide(Request request, List<Candidate> candidates, PlacementPolicy policy);
    }

    /** What the services check around the machines. */
    enum Guard {
        /** Hosts past their deadline are given up. */
        HOST_DEADLINE,
        /** Leases whose authorisation has ended are ended. */
        LEASE_DEADLINE,
        /** A host that has changed since it was looked at is no choice any more. */
        HOST_VERSION,
        /** The unique index {@code one_live_lease_per_gpu}, and the GPU's state beside it. */
        ALLOCATION
    }

    static Rules real() {
        return new Rules(
                HostMoves::on,
                GpuMoves::on,
                LeaseMoves::on,
                DemandMoves::on,
                Placement::decide,
                EnumSet.allOf(Guard.class));
    }

    boolean guard(Guard guard) {
        return guards.contains(guard);
    }

    Rules without(Guard... removed) {
        Set<Guard> left = EnumSet.copyOf(guards);
        left.removeAll(List.of(removed));
        return new Rules(host, gpu, lease, demand, placement, left);
    }

    Rules withHost(BiFunction<HostState, HostEvent, HostMoves.Answer> other) {
        return new Rules(other, gpu, lease, demand, placement, guards);
    }

    Rules withGpu(BiFunction<GpuState, GpuEvent, GpuMoves.Answer> other) {
        return new Rules(host, other, lease, demand, placement, guards);
    }

    Rules withLease(BiFunction<Lease, LeaseEvent, LeaseMoves.Answer> other) {
        return new Rules(host, gpu, other, demand, placement, guards);
    }

    Rules withDemand(BiFunction<Demand, DemandEvent, DemandMoves.Answer> other) {
        return new Rules(host, gpu, lease, other, placement, guards);
    }

    Rules withPlacement(Decision other) {
        return new Rules(host, gpu, lease, demand, other, guards);
    }
}

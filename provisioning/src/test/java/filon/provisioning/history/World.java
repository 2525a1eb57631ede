package filon.provisioning.history;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.GpuId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.provisioning.history.Machine.Card;
import filon.provisioning.history.Rules.Guard;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostMoves;
import filon.provisioning.host.HostState;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.GpuHealth;
import filon.provisioning.inventory.GpuMoves;
import filon.provisioning.inventory.GpuReason;
import filon.provisioning.inventory.GpuState;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.LeaseEvent;
import filon.provisioning.lease.LeaseMoves;
import filon.provisioning.lease.LeaseReason;
import filon.provisioning.lease.LeaseState;
import filon.provisioning.placement.Candidate;
import filon.provisioning.placement.Demand;
import filon.provisioning.placement.DemandEvent;
import filon.provisioning.placement.DemandMoves;
import filon.provisioning.placement.DemandState;
import filon.provisioning.placement.Placement;
import filon.provisioning.placement.PlacementPolicy;
import filon.provisioning.placement.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A few hosts and rentals in memory, moved by the pure machines in the order in which the services move the real ones. */
final class World {
    static final Instant BEGINNING = Instant.parse("2026-11-20T12:00:00Z");
    static final Duration AUTHORISATION = Duration.ofHours(1);
    static final Duration CLOCK_MARGIN = Duration.ofSeconds(30);

    final Rules rules;
    final PlacementPolicy policy;
    final boolean burnInRequired;
    final Tally tally;
    final List<Machine> machines = new ArrayList<>();
    final List<Demand> demands = new ArrayList<>();
    final Map<LeaseId, Lease> live = new LinkedHashMap<>();
    final Map<GpuId, Lease> allocated = new HashMap<>();
    Instant now = BEGINNING;
    private long leases;

    World(Rules rules, PlacementPolicy policy, boolean burnInRequired, Tally tally) {
        this.rules = rules;
        this.policy = policy;
        this.burnInRequired = burnInRequired;
        this.tally = tally;
    }

    /** What happened, counted over all histories: what shows that they are about something. */
    static final class Tally {
        long steps;
        long grants;
        long replacements;
        long refusals;
        long undone;
        long ends;
        long authorisationsPassed;
        long deadlines;
        long burnIns;
        long waivers;

        @Override
        public String toString() {
            return steps + " steps, " + grants + " grants (" + replacements + " replacements), " + refusals
                    + " refusals, " + undone + " grants undone, " + ends + " ends (" + authorisationsPassed
                    + " by silence), " + deadlines + " deadlines, " + burnIns + " burn-ins passed, " + waivers
                    + " waived";
        }
    }

    boolean apply(Machine machine, HostEvent event) {
        if (!(rules.host().apply(machine.host.state(), event)
                instanceof HostMoves.Moved(HostState next, String reason))) {
            return false;
        }
        machine.host = machine.host.movedTo(next, event, reason, now);
        switch (event) {
            case HostEvent.BurnInPassed passed -> trust(machine, new GpuEvent.BurnInPassed(reason));
            case HostEvent.BurnInWaived waived -> trust(machine, new GpuEvent.BurnInWaived(reason));
            case HostEvent.DrainAsked e -> machine.tried = false;
            case HostEvent.Failed e -> machine.tried = false;
            case HostEvent.DeadlinePassed e -> machine.tried = false;
            case HostEvent.Reenrolled e -> machine.tried = false;
            case HostEvent.Readmitted e -> machine.tried = false;
            case HostEvent.RetirementAsked e -> machine.tried = false;
            case HostEvent.TopicsReady e -> {}
            case HostEvent.IdentityConfirmed e -> {}
            case HostEvent.InspectionPassed e -> {}
            case HostEvent.Leased e -> {}
            case HostEvent.WorkloadSeen e -> {}
            case HostEvent.Freed e -> {}
        }
        return true;
    }

    private void trust(Machine machine, GpuEvent event) {
        for (Card card : machine.cards) {
            if (card.present) {
                apply(card, event);
            }
        }
    }

    boolean apply(Card card, GpuEvent event) {
        if (rules.gpu().apply(card.health.state(), event) instanceof GpuMoves.Moved(GpuState next, String reason)) {
            card.health = new GpuHealth(next, GpuReason.of(event), reason, now);
            return true;
        }
        return false;
    }

    /** A burn-in really ended so, or was really waived. */
    void tried(Machine machine, HostEvent event) {
        if (!(machine.host.state() instanceof HostState.BurningIn)) {
            return;
        }
        machine.tried = true;
        for (Card card : machine.cards) {
            card.tried |= card.present;
        }
        apply(machine, event);
    }

    /** As {@code Hosts.reported} does. */
    void report(Machine machine) {
        machine.lastReport = now;
        boolean changed = false;
        for (Card card : machine.cards) {
            if (card.plugged && !card.present) {
                card.present = true;
                changed = true;
                if (!card.isKnown()) {
                    card.health = new GpuHealth(new GpuState.Untested(), GpuReason.FOUND, "found", now);
                }
            } else if (!card.plugged && card.present) {
                card.present = false;
                card.tried = false;
                changed = true;
                apply(card, new GpuEvent.Broken("not reported"));
            }
        }
        admit(machine);
        if (changed) {
            machine.host = machine.host.touched();
        }
    }

    private void admit(Machine machine) {
        apply(machine, new HostEvent.IdentityConfirmed("confirmed"));
        boolean hasDevice = machine.cards.stream().anyMatch(card -> card.present);
        if (!(machine.host.state() instanceof HostState.Inspecting) || !hasDevice) {
            return;
        }
        apply(machine, new HostEvent.InspectionPassed("devices found"));
        if (!burnInRequired) {
            tried(machine, new HostEvent.BurnInWaived("waived by setting"));
            tally.waivers++;
        }
        if (machine.isOccupied(allocated)) {
            apply(machine, new HostEvent.Leased("it still has leases"));
        }
    }

    /** As {@code Hosts.decide} does. */
    boolean decide(Machine machine, HostEvent event) {
        boolean moved = apply(machine, event);
        if (moved && machine.host.state() instanceof HostState.Draining && !machine.isOccupied(allocated)) {
            apply(machine, new HostEvent.Freed("it had no lease"));
        }
        return moved;
    }

    boolean move(int rental, DemandEvent event) {
        if (rules.demand().apply(demands.get(rental), event) instanceof DemandMoves.Moved(Demand next)) {
            demands.set(rental, next);
            return true;
        }
        return false;
    }

    /** As {@code Leases.drain} does. */
    void drain(RentalId rental, String reason) {
        for (Lease lease : List.copyOf(live.values())) {
            if (lease.rental().equals(rental)) {
                apply(lease, new LeaseEvent.StopAsked(LeaseReason.RENTAL_SUSPENDED, reason));
            }
        }
    }

    boolean apply(Lease lease, LeaseEvent event) {
        if (!(rules.lease().apply(lease, event) instanceof LeaseMoves.Moved(Lease next))) {
            return false;
        }
        if (next.state() instanceof LeaseState.Ended) {
            end(next);
        } else {
            live.put(next.id(), next);
        }
        return true;
    }

    private void end(Lease lease) {
        tally.ends++;
        live.remove(lease.id());
        allocated.values().removeIf(holder -> holder.id().equals(lease.id()));
        Machine machine = machine(lease);
        boolean moved = !machine.isOccupied(allocated) && apply(machine, new HostEvent.Freed("no lease"));
        if (!moved) {
            machine.host = machine.host.touched();
        }
    }

    List<Candidate> look() {
        List<Candidate> seen = new ArrayList<>(machines.size());
        for (Machine machine : machines) {
            if (!(machine.host.state() instanceof HostState.Retired)) {
                seen.add(machine.seen(now, allocated, live.values()));
            }
        }
        return seen;
    }

    /**
     * As {@code Placements.place} does.
     *
     * @param seen what was looked at, perhaps some time ago
     */
    void place(int rental, List<Candidate> seen, Invariants invariants) {
        Demand demand = demands.get(rental);
        if (!(demand.state() instanceof DemandState.Awaiting)) {
            return;
        }
        Request request = new Request(demand.wish().orElseThrow(), demand.epoch());
        switch (rules.placement().decide(request, seen, policy)) {
            case Placement.Chosen chosen -> grant(rental, request.order(), chosen, invariants);
            case Placement.Refused(List<String> reasons) -> {
                tally.refusals++;
                invariants.refused(demand, reasons);
            }
        }
    }

    private void grant(int rental, Order wish, Placement.Chosen chosen, Invariants invariants) {
        Machine machine = machines.stream()
                .filter(each -> each.host.id().equals(chosen.host()))
                .findFirst()
                .orElseThrow();
        boolean isStill = machine.host.version() == chosen.version() || !rules.guard(Guard.HOST_VERSION);
        if (!isStill || !mayAllocate(machine, chosen.gpus())) {
            tally.undone++;
            return;
        }
        if (!move(rental, new DemandEvent.Granted())) {
            return;
        }
        Demand demand = demands.get(rental);
        Lease lease = new Lease(
                LeaseId.of(new UUID(0x2000, ++leases)),
                demand.rental(),
                Math.max(1, demand.epoch()),
                chosen.host(),
                wish,
                chosen.gpus(),
                new LeaseState.Granted(),
                LeaseReason.PLACED,
                "placed",
                now,
                now,
                now.plus(AUTHORISATION));
        live.put(lease.id(), lease);
        lease.gpus().forEach(gpu -> allocated.put(gpu, lease));
        tally.grants++;
        tally.replacements += lease.epoch() > 1 ? 1 : 0;
        invariants.granted(lease, machine);
        if (!apply(machine, new HostEvent.Leased("lease granted"))) {
            machine.host = machine.host.touched();
        }
    }

    private boolean mayAllocate(Machine machine, List<GpuId> gpus) {
        if (!rules.guard(Guard.ALLOCATION)) {
            return true;
        }
        for (GpuId gpu : gpus) {
            Card card = machine.card(gpu);
            if (allocated.containsKey(gpu)
                    || !card.present
                    || !card.health.state().isPlaceable()) {
                return false;
            }
        }
        return true;
    }

    /** Everything that the clockwork does when time has passed. */
    void tick() {
        for (Machine machine : machines) {
            if (machine.maintenanceAt != null && !machine.maintenanceAt.isAfter(now)) {
                machine.maintenanceAt = null;
                decide(machine, new HostEvent.DrainAsked("maintenance"));
            }
            boolean isPast =
                    machine.host.deadline().filter(at -> !at.isAfter(now)).isPresent();
            if (isPast && rules.guard(Guard.HOST_DEADLINE)) {
                HostState.Phase.Working working =
                        (HostState.Phase.Working) machine.host.state().phase();
                apply(machine, new HostEvent.DeadlinePassed(working.silence()));
                tally.deadlines++;
            }
        }
        for (Lease lease : List.copyOf(live.values())) {
            if (!lease.authorisedUntil().minus(AUTHORISATION.dividedBy(2)).isAfter(now)) {
                apply(lease, new LeaseEvent.RenewalDue(now.plus(AUTHORISATION)));
            }
            if (isPast(lease) && rules.guard(Guard.LEASE_DEADLINE)) {
                boolean ended = apply(lease, new LeaseEvent.AuthorisationPassed("silent"));
                tally.authorisationsPassed += ended ? 1 : 0;
            }
        }
    }

    /** Whether a draining lease should have ended by now. */
    boolean isPast(Lease lease) {
        return lease.state() instanceof LeaseState.Draining
                && lease.authorisedUntil().isBefore(now.minus(CLOCK_MARGIN));
    }

    Machine machine(Lease lease) {
        for (Machine machine : machines) {
            if (machine.host.id().equals(lease.host())) {
                return machine;
            }
        }
        throw new IllegalStateException("lease " + lease.id() + " is on no host");
    }
}

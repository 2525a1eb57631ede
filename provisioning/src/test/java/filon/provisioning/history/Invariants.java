package filon.provisioning.history;

import filon.contracts.value.GpuId;
import filon.contracts.value.RentalId;
import filon.provisioning.history.Machine.Card;
import filon.provisioning.host.HostState;
import filon.provisioning.lease.Lease;
import filon.provisioning.lease.LeaseState;
import filon.provisioning.placement.Demand;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must be true at every moment of every history, told without asking the rules. */
final class Invariants {
    private final World world;
    private final Map<RentalId, Long> epochs = new HashMap<>();
    private final Map<RentalId, Long> leaseEpochs = new HashMap<>();
    private final Set<GpuId> seen = new HashSet<>();

    Invariants(World world) {
        this.world = world;
    }

    /** A promise that was broken. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what);
        }
    }

    void check() {
        noGpuHasTwoLeases();
        world.machines.forEach(this::host);
        world.live.values().forEach(this::lease);
        world.demands.forEach(this::demand);
    }

    void granted(Lease lease, Machine machine) {
        require(machine.tried, "lease ", lease.id(), " is on a host without a burn-in since it was wrong: ", machine);
        require(machine.host.state().isPlaceable(), "lease ", lease.id(), " was granted on ", machine);
        for (GpuId gpu : lease.gpus()) {
            Card card = machine.card(gpu);
            require(card.tried && card.present, "lease ", lease.id(), " has GPU ", gpu, " that no burn-in tried");
        }
        require(lease.gpus().size() == lease.wish().gpuCount(), "lease ", lease.id(), " has ", lease.gpus());
        long before = leaseEpochs.getOrDefault(lease.rental(), 0L);
        require(lease.epoch() > before, "epoch ", lease.epoch(), " of rental ", lease.rental(), " follows ", before);
        leaseEpochs.put(lease.rental(), lease.epoch());
    }

    void refused(Demand demand, List<String> reasons) {
        require(!reasons.isEmpty(), "rental ", demand.rental(), " was refused without a reason");
        reasons.forEach(
                reason -> require(!reason.isBlank(), "rental ", demand.rental(), " was refused with ", reasons));
    }

    private void noGpuHasTwoLeases() {
        seen.clear();
        for (Lease lease : world.live.values()) {
            for (GpuId gpu : lease.gpus()) {
                require(seen.add(gpu), "GPU ", gpu, " is in two leases: ", world.live.values());
            }
        }
    }

    private void host(Machine machine) {
        HostState state = machine.host.state();
        require(!machine.host.reason().isBlank(), machine, " gives no reason");
        boolean isPast = state.phase() instanceof HostState.Phase.Working(var within, var silence)
                && !machine.host.since().plus(within).isAfter(world.now);
        require(!isPast, machine, " is past its deadline at ", world.now);
        for (Card card : machine.cards) {
            require(!card.isKnown() || !card.health.reason().isBlank(), card.id, " gives no reason");
        }
        noGpuRunsTwoWorkloads(machine);
    }

    private void noGpuRunsTwoWorkloads(Machine machine) {
        if (machine.running.size() < 2) {
            return;
        }
        seen.clear();
        for (Machine.Run run : machine.running.values()) {
            for (GpuId gpu : run.gpus()) {
                require(seen.add(gpu), "GPU ", gpu, " runs two workloads: ", machine.running);
            }
        }
    }

    private void lease(Lease lease) {
        require(!lease.reason().isBlank(), "lease ", lease.id(), " gives no reason");
        require(!world.isPast(lease), "lease ", lease.id(), " is past its authorisation at ", world.now);
        if (lease.state() instanceof LeaseState.Granted) {
            require(
                    lease.epoch() == leaseEpochs.get(lease.rental()),
                    "an old lease of rental ",
                    lease.rental(),
                    " is still granted");
        }
    }

    private void demand(Demand demand) {
        Long before = epochs.put(demand.rental(), demand.epoch());
        require(before == null || before <= demand.epoch(), "the epoch of rental ", demand.rental(), " fell");
    }

    /** The message is made only when it is needed: this runs many million times. */
    private static void require(boolean holds, Object... message) {
        if (!holds) {
            StringBuilder text = new StringBuilder();
            for (Object part : message) {
                text.append(part);
            }
            throw new Broken(text.toString());
        }
    }
}

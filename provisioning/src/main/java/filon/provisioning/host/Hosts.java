package filon.provisioning.host;

import filon.contracts.message.FleetEvent;
import filon.contracts.message.FleetEvent.WorkloadExited;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.LeaseNotice.GpuKnown;
import filon.contracts.message.Topics;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.HostId;
import filon.plumbing.outbox.Outbox;
import filon.provisioning.inventory.GpuEvent;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.inventory.InventoryGpu;
import filon.provisioning.standing.Actor;
import filon.provisioning.standing.Subject;
import filon.provisioning.standing.Transition;
import filon.provisioning.standing.Transition.Reached;
import filon.provisioning.standing.Transitions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The use cases of hosts; every change of a host is told as {@code host.known} in the same transaction. */
@ApplicationScoped
@Transactional
public class Hosts {
    private static final Logger LOG = Logger.getLogger(Hosts.class);
    private final HostStore store;
    private final Inventory inventory;
    private final DeviceProofs proofs;
    private final SecondAgents secondAgents;
    private final Transitions transitions;
    private final Outbox outbox;
    private final Clock clock;
    private final boolean burnInRequired;

    Hosts(
            HostStore store,
            Inventory inventory,
            DeviceProofs proofs,
            SecondAgents secondAgents,
            Transitions transitions,
            Outbox outbox,
            Clock clock,
            @ConfigProperty(name = "filon.host.burn-in-required") boolean burnInRequired) {
        this.store = store;
        this.inventory = inventory;
        this.proofs = proofs;
        this.secondAgents = secondAgents;
        this.transitions = transitions;
        this.outbox = outbox;
        this.clock = clock;
        this.burnInRequired = burnInRequired;
    }

    public Optional<Host> find(HostId id) {
        return store.find(id);
    }

    /** The host, with everybody else who decides on it shut out until the caller's transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<Host> lock(HostId id) {
        return store.lock(id);
    }

    public List<Host> all() {
        return store.all();
    }

    public Optional<Liveness> liveness(HostId id) {
        return store.liveness(id);
    }

    public Map<HostId, Liveness> livenessOfAll() {
        return store.livenessOfAll();
    }

    public List<HostEventLine> newestEvents(HostId id, int limit) {
        return store.newestEvents(id, limit);
    }

    /** A host has redeemed its token and got its certificate. */
    public void enrol(HostId id, String name, String site) {
        Host host = new Host(
                id,
                name,
                site,
                new HostState.Enrolled(),
                HostReason.ENROLLED,
                "its topics are being made",
                clock.instant(),
                1);
        store.add(host);
        record(host, "State", "Enrolled: " + host.reason());
        transitions.record(
                Transition.first(Subject.of(id), reached(host, host.code().usualActor())));
        tell(host);
    }

    /**
     * Takes a host's report over; one that is older than what is known changes nothing.
     *
     * @return false if another agent than the known one said it: nothing of it may be believed
     */
    public boolean reported(HostReported report) {
        Instant now = clock.instant();
        Instant at = report.at().isAfter(now) ? now : report.at();
        Optional<Liveness> before = store.liveness(report.hostId());
        Optional<String> secondAgent = before.flatMap(known -> known.secondAgent(report, at));
        if (secondAgent.isPresent()) {
            secondAgent(report.hostId(), secondAgent.get());
            return false;
        }
        Liveness heard = Liveness.of(report, at, Connectivity.at(at, now));
        if (store.put(report.hostId(), heard)) {
            take(report, before, heard);
        }
        return true;
    }

    /** @param evidence what could not be said by one agent alone */
    @Transactional(Transactional.TxType.MANDATORY)
    public void secondAgent(HostId id, String evidence) {
        apply(id, SecondAgents.failure(evidence));
        secondAgents.note(id, evidence);
    }

    private void take(HostReported report, Optional<Liveness> before, Liveness heard) {
        List<String> changes = observe(report);
        changes.forEach(
                change -> store.append(report.hostId(), new HostEventLine(clock.instant(), "Inventory", change)));
        admit(report);
        boolean connectivityChanged =
                before.map(Liveness::connectivity).orElse(Connectivity.NEVER_HEARD) != heard.connectivity();
        if (!changes.isEmpty() || connectivityChanged) {
            touch(report.hostId());
        }
    }

    /** Who decides on a host and its GPUs locks the host first; a report that says nothing new of them needs no lock. */
    private List<String> observe(HostReported report) {
        if (!inventory.isNews(report.hostId(), report.gpus())) {
            return List.of();
        }
        store.lock(report.hostId());
        return inventory.observe(report.hostId(), report.gpus());
    }

    /**
     * Shuts everybody else who decides on the host out until the transaction ends.
     *
     * @return false if the host has changed since it was at this version
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean lock(HostId id, long version) {
        return store.lock(id).filter(host -> host.version() == version).isPresent();
    }

    /** Notes what somebody did about the host. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void note(HostId id, String kind, String detail) {
        store.append(id, new HostEventLine(clock.instant(), kind, detail));
    }

    /** Tells the host again after its GPUs or leases have changed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void touch(HostId id) {
        store.lock(id).map(Host::touched).ifPresent(host -> {
            store.save(host);
            tell(host);
        });
    }

    /** Lets an automation's event happen to a host; one that its state does not know changes nothing. */
    public HostMoves.Answer apply(HostId id, HostEvent event) {
        return apply(id, event, Optional.empty());
    }

    /** Lets something happen to a host because of {@code actor}; an event that its state does not know changes nothing. */
    public HostMoves.Answer apply(HostId id, HostEvent event, Actor actor) {
        return apply(id, event, Optional.of(actor));
    }

    private HostMoves.Answer apply(HostId id, HostEvent event, Optional<Actor> actor) {
        Host host = store.lock(id)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(filon.contracts.problem.ProblemCode.NOT_FOUND, "there is no host " + id)));
        HostMoves.Answer answer = HostMoves.on(host.state(), event);
        switch (answer) {
            case HostMoves.Moved(HostState next, String reason) -> {
                Host moved = host.movedTo(next, event, reason, clock.instant());
                store.save(moved);
                Actor who = actor.orElse(moved.code().usualActor());
                transitions.record(
                        Transition.between(Subject.of(id), host.state().label(), reached(moved, who)));
                trust(id, event);
                record(moved, "State", host.state().label() + " to " + next.label() + ": " + reason);
                tell(moved);
            }
            case HostMoves.Refused(var code, String why) -> LOG.debugf("host %s: %s", id, why);
        }
        return answer;
    }

    private static Reached reached(Host host, Actor actor) {
        return new Reached(host.state().label(), host.code(), host.reason(), actor, host.since());
    }

    /** Carries an automation's decision out; a drained host without leases is empty at once. */
    public HostMoves.Answer decide(HostId id, HostEvent event) {
        return decide(id, event, Optional.empty());
    }

    /** Carries a decision of {@code actor} out; a drained host without leases is empty at once. */
    public HostMoves.Answer decide(HostId id, HostEvent event, Actor actor) {
        return decide(id, event, Optional.of(actor));
    }

    private HostMoves.Answer decide(HostId id, HostEvent event, Optional<Actor> actor) {
        HostMoves.Answer answer = apply(id, event, actor);
        boolean isEmptied = answer instanceof HostMoves.Moved(HostState next, String reason)
                && next instanceof HostState.Draining
                && !inventory.isOccupied(id);
        if (isEmptied) {
            apply(id, new HostEvent.Freed("it had no lease"));
        }
        return answer;
    }

    /** Notes what an agent told; a host whose device computes wrong answers gets no lease until it has passed a burn-in. */
    public void note(FleetEvent event) {
        store.append(event.hostId(), HostTold.line(event));
        if (event instanceof WorkloadExited exited && exited.foundDeviceWrong()) {
            distrust(exited);
        }
    }

    /** Both times are the host's own; one that came late says nothing about devices that have passed since. */
    private void distrust(WorkloadExited exited) {
        boolean hasPassedSince = proofs.newestPassedBegan(exited.hostId())
                .filter(exited.at()::isBefore)
                .isPresent();
        if (!hasPassedSince) {
            apply(
                    exited.hostId(),
                    new HostEvent.Failed(
                            HostReason.DEVICE_WRONG,
                            "GPU " + exited.gpuId() + " computes wrong answers: its workload of lease "
                                    + exited.leaseId() + " ended at " + exited.at()));
        }
    }

    /** Hosts whose state has waited too long. */
    public List<HostId> pastDeadline() {
        return store.pastDeadline(clock.instant());
    }

    public boolean isPastDeadline(HostId id) {
        return store.find(id).filter(this::isPastDeadline).isPresent();
    }

    private boolean isPastDeadline(Host host) {
        return host.deadline()
                .filter(deadline -> !deadline.isAfter(clock.instant()))
                .isPresent();
    }

    public void giveUpIfPastDeadline(HostId id) {
        store.lock(id).filter(this::isPastDeadline).ifPresent(host -> {
            if (host.state().phase() instanceof HostState.Phase.Working working) {
                apply(id, new HostEvent.DeadlinePassed(working.silence()));
            }
        });
    }

    /** Hosts whose silence others have to hear of. */
    public List<HostId> fallenSilent() {
        Instant now = clock.instant();
        return store.withAgedConnectivity(now.minus(Connectivity.STALE_AFTER), now.minus(Connectivity.OFFLINE_AFTER));
    }

    public void tellSilence(HostId id) {
        Instant now = clock.instant();
        store.liveness(id)
                .filter(liveness -> liveness.connectivityAt(now) != liveness.connectivity())
                .ifPresent(liveness -> {
                    Connectivity aged = liveness.connectivityAt(now);
                    store.put(id, liveness.aged(aged));
                    store.append(id, new HostEventLine(now, "Connectivity", aged.name()));
                    touch(id);
                });
    }

    /** From the first report of a confirmed host to where it can be leased, as far as this report carries. */
    private void admit(HostReported report) {
        HostId id = report.hostId();
        Host host = store.find(id).orElseThrow();
        if (host.state() instanceof HostState.Inspecting && !report.gpus().isEmpty()) {
            apply(id, new HostEvent.InspectionPassed(inspected(id, report.gpus().size())));
            if (!burnInRequired) {
                apply(id, new HostEvent.BurnInWaived("burn-in waived by setting: its devices are untested"));
            }
            if (inventory.isOccupied(id)) {
                apply(id, new HostEvent.Leased("it still has leases from before"));
            }
        }
    }

    /** What a burn-in says of a host it says of each GPU that the host names. */
    private void trust(HostId id, HostEvent event) {
        if (event instanceof HostEvent.BurnInPassed) {
            // the host's own reason names the rates of all its GPUs; each GPU has its own beside it
            inventory.applyToAll(id, new GpuEvent.BurnInPassed("burn-in passed"));
        } else if (event instanceof HostEvent.BurnInWaived) {
            inventory.applyToAll(id, new GpuEvent.BurnInWaived(event.reason()));
        }
    }

    private String inspected(HostId id, int devices) {
        return devices + (devices == 1 ? " device" : " devices") + " found; the burn-in "
                + (inventory.isOccupied(id) ? "waits for the end of its leases" : "is not done");
    }

    private void record(Host host, String kind, String detail) {
        store.append(host.id(), new HostEventLine(clock.instant(), kind, detail));
    }

    private void tell(Host host) {
        List<GpuKnown> gpus =
                inventory.of(host.id()).stream().map(InventoryGpu::known).toList();
        outbox.append(Topics.LEASE_NOTICES, host.known(store.liveness(host.id()), gpus, clock.instant()));
    }
}

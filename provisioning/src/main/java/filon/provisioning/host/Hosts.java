package filon.provisioning.host;

import filon.contracts.message.FleetEvent;
import filon.contracts.message.FleetReport.HostReported;
import filon.contracts.message.LeaseNotice.GpuKnown;
import filon.contracts.message.Topics;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.HostId;
import filon.plumbing.outbox.Outbox;
import filon.provisioning.inventory.Inventory;
import filon.provisioning.inventory.InventoryGpu;
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
    private final SecondAgents secondAgents;
    private final Outbox outbox;
    private final Clock clock;
    private final boolean burnInRequired;

    Hosts(
            HostStore store,
            Inventory inventory,
            SecondAgents secondAgents,
            Outbox outbox,
            Clock clock,
            @ConfigProperty(name = "filon.host.burn-in-required") boolean burnInRequired) {
        this.store = store;
        this.inventory = inventory;
        this.secondAgents = secondAgents;
        this.outbox = outbox;
        this.clock = clock;
        this.burnInRequired = burnInRequired;
    }

    public Optional<Host> find(HostId id) {
        return store.find(id);
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
        Host host = new Host(id, name, site, new HostState.Enrolled(), "its topics are being made", clock.instant(), 1);
        store.add(host);
        record(host, "State", "Enrolled: " + host.reason());
        tell(host);
    }

    /** Takes a host's report over; one that is older than what is known changes nothing. */
    public void reported(HostReported report) {
        Instant now = clock.instant();
        Instant at = report.at().isAfter(now) ? now : report.at();
        Optional<Liveness> before = store.liveness(report.hostId());
        Optional<String> secondAgent = before.flatMap(known -> known.secondAgent(report, at));
        if (secondAgent.isPresent()) {
            apply(report.hostId(), SecondAgents.failure(secondAgent.get()));
            secondAgents.note(report.hostId(), secondAgent.get());
            return;
        }
        Liveness heard = Liveness.of(report, at, Connectivity.at(at, now));
        if (!store.put(report.hostId(), heard)) {
            return;
        }
        List<String> changes = inventory.observe(report.hostId(), report.gpus());
        changes.forEach(change -> store.append(report.hostId(), new HostEventLine(now, "Inventory", change)));
        admit(report);
        boolean connectivityChanged =
                before.map(Liveness::connectivity).orElse(Connectivity.NEVER_HEARD) != heard.connectivity();
        if (!changes.isEmpty() || connectivityChanged) {
            touch(report.hostId());
        }
    }

    /** Tells the host again after its GPUs or leases have changed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void touch(HostId id) {
        store.lock(id).map(Host::touched).ifPresent(host -> {
            store.save(host);
            tell(host);
        });
    }

    /** Lets something happen to a host; an event that its state does not know changes nothing. */
    public HostMoves.Answer apply(HostId id, HostEvent event) {
        Host host = store.lock(id)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(filon.contracts.problem.ProblemCode.NOT_FOUND, "there is no host " + id)));
        HostMoves.Answer answer = HostMoves.on(host.state(), event);
        switch (answer) {
            case HostMoves.Moved(HostState next, String reason) -> {
                Host moved = host.movedTo(next, reason, clock.instant());
                store.save(moved);
                record(moved, "State", host.state().label() + " to " + next.label() + ": " + reason);
                tell(moved);
            }
            case HostMoves.Refused(var code, String why) -> LOG.debugf("host %s: %s", id, why);
        }
        return answer;
    }

    /** Carries an operator's decision out; a drained host without leases is empty at once. */
    public HostMoves.Answer decide(HostId id, HostEvent event) {
        HostMoves.Answer answer = apply(id, event);
        boolean isEmptied = answer instanceof HostMoves.Moved(HostState next, String reason)
                && next instanceof HostState.Draining
                && !inventory.isOccupied(id);
        if (isEmptied) {
            apply(id, new HostEvent.Freed("it had no lease"));
        }
        return answer;
    }

    /** Notes what an agent told. */
    public void note(FleetEvent event) {
        store.append(event.hostId(), HostTold.line(event));
    }

    /** Notes something for people that moves no state. */
    public void note(HostId id, String kind, String detail) {
        store.append(id, new HostEventLine(clock.instant(), kind, detail));
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
            apply(id, new HostEvent.InspectionPassed(report.gpus().size() + " devices found; burn-in not done"));
            if (!burnInRequired) {
                apply(id, new HostEvent.BurnInWaived("burn-in waived by setting: its devices are untested"));
            }
            if (inventory.isOccupied(id)) {
                apply(id, new HostEvent.Leased("it still has leases from before"));
            }
        }
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

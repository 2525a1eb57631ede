package filon.provisioning.inventory;

import filon.contracts.message.FleetReport.Gpu;
import filon.contracts.message.LeaseNotice.MeasuredRate;
import filon.contracts.problem.Problem;
import filon.contracts.problem.ProblemCode;
import filon.contracts.problem.ProblemException;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.provisioning.standing.Actor;
import filon.provisioning.standing.Subject;
import filon.provisioning.standing.Transition;
import filon.provisioning.standing.Transition.Reached;
import filon.provisioning.standing.Transitions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The use cases of GPUs; each belongs to the caller's transaction. */
@ApplicationScoped
@Transactional
public class Inventory {
    private final InventoryStore store;
    private final Transitions transitions;
    private final Clock clock;

    Inventory(InventoryStore store, Transitions transitions, Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.clock = clock;
    }

    public List<InventoryGpu> of(HostId host) {
        return store.of(host);
    }

    /** Every host's GPUs, in the order of their ids. */
    public Map<HostId, List<InventoryGpu>> ofAll() {
        return store.ofAll();
    }

    /** The host that a GPU belongs to. */
    public Optional<HostId> hostOf(GpuId gpu) {
        return store.hostOf(gpu);
    }

    /** Whether a host says anything of its GPUs that is not known. */
    public boolean isNews(HostId host, List<Gpu> reported) {
        List<Gpu> known = store.named(host);
        return known.size() != reported.size() || !known.containsAll(reported);
    }

    /**
     * Takes over what a host says it has; only what changed is written. A GPU that is not named any more has failed.
     *
     * @return what changed, one line each, for people; empty when nothing did
     */
    public List<String> observe(HostId host, List<Gpu> reported) {
        Map<GpuId, InventoryGpu> known = store.of(host).stream()
                .collect(Collectors.toMap(InventoryGpu::id, gpu -> gpu, (first, second) -> first, TreeMap::new));
        List<String> changes = new ArrayList<>();
        for (Gpu gpu : reported) {
            InventoryGpu before = known.remove(gpu.gpuId());
            if (before == null || !before.present() || !before.gpu().equals(gpu)) {
                keep(host, gpu, before == null);
                changes.add((before == null ? "found " : before.present() ? "changed " : "found again ") + named(gpu));
            }
        }
        for (InventoryGpu gone : known.values()) {
            if (gone.present()) {
                store.markAbsent(gone.id());
                apply(gone.id(), new GpuEvent.Broken(GpuReason.NOT_REPORTED, "not reported"));
                changes.add("lost " + named(gone.gpu()));
            }
        }
        return List.copyOf(changes);
    }

    private void keep(HostId host, Gpu gpu, boolean isNew) {
        GpuHealth first = GpuHealth.unknown(clock.instant());
        store.put(host, gpu, first);
        if (isNew) {
            transitions.record(Transition.first(
                    Subject.of(gpu.gpuId()), reached(first, first.code().usualActor())));
        }
    }

    private static Reached reached(GpuHealth health, Actor actor) {
        return new Reached(health.state().label(), health.code(), health.reason(), actor, health.since());
    }

    /**
     * Lets an automation's event happen to a GPU; one that its state does not know changes nothing.
     *
     * @throws ProblemException if there is no such GPU
     */
    public GpuMoves.Answer apply(GpuId id, GpuEvent event) {
        return apply(id, event, GpuReason.of(event).usualActor());
    }

    /**
     * Lets something happen to a GPU because of {@code actor}; an event that its state does not know changes nothing.
     *
     * @throws ProblemException if there is no such GPU
     */
    public GpuMoves.Answer apply(GpuId id, GpuEvent event, Actor actor) {
        GpuHealth before = store.lock(id)
                .orElseThrow(() -> new ProblemException(Problem.of(ProblemCode.NOT_FOUND, "there is no GPU " + id)));
        GpuMoves.Answer answer = GpuMoves.on(before.state(), event);
        if (answer instanceof GpuMoves.Moved moved) {
            GpuHealth after = GpuHealth.after(event, moved, clock.instant());
            store.save(id, after);
            transitions.record(Transition.between(Subject.of(id), before.state().label(), reached(after, actor)));
        }
        return answer;
    }

    /** Lets something happen to each GPU that the host names at present. */
    public void applyToAll(HostId host, GpuEvent event) {
        store.of(host).stream().filter(InventoryGpu::present).forEach(gpu -> apply(gpu.id(), event));
    }

    /** Keeps what a burn-in measured; placement compares it with what orders ask for. */
    public void measured(GpuId gpu, MeasuredRate rate) {
        store.put(gpu, rate);
    }

    /** @throws GpuTakenException if one of the GPUs has a live allocation or must not be leased; the transaction must not commit then */
    public void allocate(HostId host, LeaseId lease, RentalId rental, List<GpuId> gpus) {
        for (GpuId gpu : gpus) {
            if (!store.allocate(host, lease, rental, gpu)) {
                throw new GpuTakenException(gpu, lease);
            }
        }
    }

    /** Notes that the lease's workload on this GPU has stopped. @return how many of the lease's GPUs have not */
    public int stopped(LeaseId lease, GpuId gpu) {
        store.markStopped(lease, gpu, clock.instant());
        return store.unstopped(lease).size();
    }

    /** The lease's GPUs whose workload has not been seen to stop. */
    public List<GpuId> unstopped(LeaseId lease) {
        return store.unstopped(lease);
    }

    /** Frees all GPUs of the lease. */
    public void release(LeaseId lease) {
        store.release(lease, clock.instant());
    }

    /** Frees a GPU on which nothing of the lease ever ran. */
    public void release(LeaseId lease, GpuId gpu) {
        store.release(lease, gpu, clock.instant());
    }

    /** The lease is over: its GPUs stay with it until each wipe has ended. @param by when silence means that it did not */
    public void awaitWipe(LeaseId lease, Instant by) {
        store.awaitWipe(lease, by, clock.instant());
    }

    /** Notes that the wipe has ended, and frees the GPU if the lease has too. @return false if that was known */
    public boolean endWipe(LeaseId lease, GpuId gpu) {
        return store.endWipe(lease, gpu, clock.instant());
    }

    /** Leases of whose wipes nobody heard by their time. */
    public List<LeaseId> unwipedByNow() {
        return store.unwipedBy(clock.instant());
    }

    /** The GPUs of a lease that has ended which are not wiped. */
    public List<GpuId> unwiped(LeaseId lease) {
        return store.unwiped(lease);
    }

    /** Whether any GPU of the host belongs to a lease. */
    public boolean isOccupied(HostId host) {
        return store.of(host).stream().anyMatch(gpu -> gpu.allocatedTo().isPresent());
    }

    private static String named(Gpu gpu) {
        return gpu.gpuId() + " (" + gpu.name() + ")";
    }
}

package filon.provisioning.lease;

import filon.contracts.message.LeaseNotice;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.message.Topics;
import filon.contracts.value.CustomerId;
import filon.contracts.value.GpuId;
import filon.contracts.value.HostId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.plumbing.outbox.Outbox;
import filon.provisioning.desired.DesiredState;
import filon.provisioning.host.HostEvent;
import filon.provisioning.host.HostMoves;
import filon.provisioning.host.Hosts;
import filon.provisioning.inventory.Inventory;
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
import java.util.UUID;

/**
 * The use cases of leases. Lease, GPUs, host, signed order and notice change in one transaction or not at all.
 *
 * <p>What has happened already happens again without effect.
 */
@ApplicationScoped
@Transactional
public class Leases {
    private final LeaseStore store;
    private final LeaseTerms terms;
    private final WipeTerms wipeTerms;
    private final Inventory inventory;
    private final Hosts hosts;
    private final DesiredState desired;
    private final Transitions transitions;
    private final Outbox outbox;
    private final Clock clock;

    Leases(
            LeaseStore store,
            LeaseTerms terms,
            WipeTerms wipeTerms,
            Inventory inventory,
            Hosts hosts,
            DesiredState desired,
            Transitions transitions,
            Outbox outbox,
            Clock clock) {
        this.store = store;
        this.terms = terms;
        this.wipeTerms = wipeTerms;
        this.inventory = inventory;
        this.hosts = hosts;
        this.desired = desired;
        this.transitions = transitions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** What is granted: a rental's GPUs on one host, under the rental's next epoch. */
    public record Grant(RentalId rental, long epoch, Order wish, HostId host, List<GpuId> gpus) {}

    public Optional<Lease> find(LeaseId id) {
        return store.find(id);
    }

    public Optional<Lease> lock(LeaseId id) {
        return store.lock(id);
    }

    public List<Lease> unended(HostId host) {
        return store.unended(host);
    }

    /** Every host's, in the order in which they were granted. */
    public List<Lease> unended() {
        return store.unended();
    }

    public List<Lease> unended(RentalId rental) {
        return store.unended(rental);
    }

    /** Where the customer has leases that have not ended. */
    public Map<HostId, List<Tenant>> tenants(CustomerId customer) {
        return store.tenants(customer);
    }

    /** @throws filon.provisioning.inventory.GpuTakenException if a GPU is not free any more */
    @Transactional(Transactional.TxType.MANDATORY)
    public Lease grant(Grant grant) {
        Instant now = clock.instant();
        Lease lease = new Lease(
                LeaseId.of(UUID.randomUUID()),
                grant.rental(),
                grant.epoch(),
                grant.host(),
                grant.wish(),
                grant.gpus(),
                new LeaseState.Granted(),
                LeaseReason.PLACED,
                "placed",
                now,
                now,
                terms.authorisedFrom(now));
        store.add(lease, terms.renewFrom(now));
        transitions.record(Transition.first(Subject.of(lease.id()), reached(lease)));
        inventory.allocate(lease.host(), lease.id(), lease.rental(), lease.gpus());
        store.began(lease.id(), order(lease));
        outbox.append(Topics.LEASE_NOTICES, lease.granted());
        tellHost(lease.host(), new HostEvent.Leased("lease " + lease.id() + " granted; waiting for its workload"));
        return lease;
    }

    /** The generation of the order that says what is wanted of the lease now: its beginning or its stop. */
    public long wantedSince(LeaseId id) {
        return store.wantedSince(id);
    }

    /** The same of every lease that has not ended. */
    public Map<LeaseId, Long> wantedSince() {
        return store.wantedSince();
    }

    /** Tells the hosts of the rental's leases to stop. */
    public void drain(RentalId rental, LeaseReason code, String reason) {
        store.unended(rental).forEach(lease -> drain(lease.id(), new LeaseEvent.StopAsked(code, reason)));
    }

    private void drain(LeaseId id, LeaseEvent.StopAsked asked) {
        Lease lease = store.lock(id).orElseThrow();
        if (LeaseMoves.on(lease, asked) instanceof LeaseMoves.Moved(Lease moved)) {
            Lease next = moved.since(clock.instant());
            long generation = order(next);
            require(store.drain(next, lease.state(), generation), lease);
            transitions.record(Transition.between(Subject.of(id), lease.state().label(), reached(next)));
        }
    }

    private static Reached reached(Lease lease) {
        return new Reached(
                lease.state().label(),
                lease.code(),
                lease.reason(),
                lease.code().usualActor(),
                lease.since());
    }

    /** Says again how the rental's newest lease ended; empty if the rental never had one. */
    public Optional<LeaseNotice.Ended> lastEnd(RentalId rental) {
        return store.newest(rental).flatMap(lease -> store.endedAt(lease.id())
                .map(at -> new LeaseNotice.Ended(rental, lease.id(), lease.epoch(), at, lease.reason())));
    }

    public List<LeaseId> toRenew() {
        return store.toRenew(clock.instant());
    }

    /** Authorises the host to go on. */
    public void renew(LeaseId id) {
        Instant now = clock.instant();
        Lease lease = store.lock(id).orElseThrow();
        boolean isDue = store.toRenew(now).contains(id);
        if (isDue
                && LeaseMoves.on(lease, new LeaseEvent.RenewalDue(terms.authorisedFrom(now)))
                        instanceof LeaseMoves.Moved(Lease next)) {
            order(next);
            require(store.renew(next, lease.state(), terms.renewFrom(now)), lease);
        }
    }

    /** Orders again what the lease's state means: its order was lost on the way, or the host lost what it had believed. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void repeatOrder(LeaseId id) {
        Lease lease = store.lock(id).orElseThrow();
        long generation = order(lease);
        if (lease.state() instanceof LeaseState.Draining) {
            require(store.drain(lease, lease.state(), generation), lease);
        }
    }

    /** Tells the host to run the lease's workload while it is granted, else to stop it. */
    private long order(Lease lease) {
        long generation = desired.order(
                lease.host(),
                g -> lease.state() instanceof LeaseState.Granted
                        ? lease.run(g, terms.allowedAddresses())
                        : lease.stop(g));
        store.noteOrder(lease.id(), generation, clock.instant());
        return generation;
    }

    /** The host says that it has obeyed all orders up to this generation. */
    public void obeyed(HostId host, long generation) {
        store.markObeyed(host, generation, clock.instant());
    }

    /** The host says that the workload of one GPU has stopped; the last one ends a draining lease. */
    public void stopped(LeaseId id, GpuId gpu) {
        Lease lease = store.lock(id).orElseThrow();
        if (lease.state() instanceof LeaseState.Draining && inventory.stopped(id, gpu) == 0) {
            end(lease, new LeaseEvent.AllStopped(lease.reason()));
        }
    }

    /** Leases that should have ended by now although their hosts did not say so. */
    public List<LeaseId> overdue() {
        Instant now = clock.instant();
        List<LeaseId> past = store.drainingPast(now.minus(LeaseTerms.CLOCK_MARGIN));
        List<LeaseId> obeyed = store.obeyedBefore(now.minus(LeaseTerms.NAMED_WITHIN));
        return java.util.stream.Stream.concat(past.stream(), obeyed.stream())
                .distinct()
                .toList();
    }

    /**
     * The GPUs whose workload the host has named.
     *
     * @param ever since the lease was granted
     * @param sinceObeyed since the host obeyed the stop
     */
    public record Named(List<GpuId> ever, List<GpuId> sinceObeyed) {}

    /**
     * Ends a lease on what silence means: the authorisation has run out, or the host obeyed the stop and names no workload. One that obeyed before it
     * ever named a workload has run none: there is nothing to wipe.
     */
    public void endOverdue(LeaseId id, Named named) {
        Instant now = clock.instant();
        Lease lease = store.lock(id).orElseThrow();
        if (lease.authorisedUntil().isBefore(now.minus(LeaseTerms.CLOCK_MARGIN))) {
            end(
                    lease,
                    new LeaseEvent.AuthorisationPassed(lease.reason() + "; the host stayed silent and its authorisation"
                            + " ended at " + lease.authorisedUntil()));
            return;
        }
        boolean isObeyed =
                store.obeyedBefore(now.minus(LeaseTerms.NAMED_WITHIN)).contains(id);
        if (isObeyed && inventory.unstopped(id).stream().noneMatch(named.sinceObeyed()::contains)) {
            lease.gpus().stream().filter(gpu -> !named.ever().contains(gpu)).forEach(gpu -> inventory.release(id, gpu));
            end(lease, new LeaseEvent.AllStopped(lease.reason() + "; the host has no workload of this lease"));
        }
    }

    private void end(Lease lease, LeaseEvent event) {
        if (!(LeaseMoves.on(lease, event) instanceof LeaseMoves.Moved(Lease moved))) {
            return;
        }
        Instant now = clock.instant();
        Lease next = moved.since(now);
        require(store.end(next, lease.state(), now), lease);
        transitions.record(
                Transition.between(Subject.of(lease.id()), lease.state().label(), reached(next)));
        leaveGpus(lease.id(), now);
        outbox.append(
                Topics.LEASE_NOTICES,
                new LeaseNotice.Ended(lease.rental(), lease.id(), lease.epoch(), now, next.reason()));
        freed(lease.host());
    }

    /** The lease is over for its customer; another one gets the GPUs when nothing of it is left there. */
    private void leaveGpus(LeaseId id, Instant now) {
        if (wipeTerms.isRequired()) {
            inventory.awaitWipe(id, wipeTerms.by(now));
        } else {
            inventory.release(id);
        }
    }

    /** Fewer GPUs of the host are in use: says so, and moves it when none is. */
    @Transactional(Transactional.TxType.MANDATORY)
    void freed(HostId host) {
        if (inventory.isOccupied(host)) {
            hosts.touch(host);
        } else {
            tellHost(host, new HostEvent.Freed("no lease"));
        }
    }

    /** A move tells the host's new state; without one the changed GPUs still have to be told. */
    private void tellHost(HostId host, HostEvent event) {
        if (hosts.apply(host, event) instanceof HostMoves.Refused) {
            hosts.touch(host);
        }
    }

    private static void require(boolean written, Lease lease) {
        if (!written) {
            throw new IllegalStateException("lease " + lease.id() + " is not at epoch " + lease.epoch() + " and "
                    + lease.state().label() + " any more");
        }
    }
}

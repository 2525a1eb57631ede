package filon.provisioning.placement;

import filon.contracts.message.LeaseNotice;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.message.Topics;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import filon.plumbing.outbox.Outbox;
import filon.provisioning.host.Hosts;
import filon.provisioning.lease.LeaseReason;
import filon.provisioning.lease.Leases;
import filon.provisioning.maintenance.MaintenanceWindows;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The use cases of demands: a rental is funded, placed, suspended, ended.
 *
 * <p>Messages may come twice, late and in any order; each use case is one transaction.
 */
@ApplicationScoped
@Transactional
public class Placements {
    private static final Logger LOG = Logger.getLogger(Placements.class);
    private static final int BATCH_MAX = 100;
    private final DemandStore store;
    private final Candidates candidates;
    private final PlacementPolicy policy;
    private final Hosts hosts;
    private final Leases leases;
    private final MaintenanceWindows maintenance;
    private final Outbox outbox;
    private final Clock clock;
    private final MeterRegistry metrics;

    Placements(
            DemandStore store,
            Candidates candidates,
            PlacementPolicy policy,
            Hosts hosts,
            Leases leases,
            MaintenanceWindows maintenance,
            Outbox outbox,
            Clock clock,
            MeterRegistry metrics) {
        this.store = store;
        this.candidates = candidates;
        this.policy = policy;
        this.hosts = hosts;
        this.leases = leases;
        this.maintenance = maintenance;
        this.outbox = outbox;
        this.clock = clock;
        this.metrics = metrics;
    }

    public Optional<Demand> find(RentalId rental) {
        return store.find(rental);
    }

    /** The rental may run: it is placed at once, or as soon as a host can take it. */
    public void fund(RentalId rental, Order wish, long sequence) {
        if (move(rental, new DemandEvent.Funded(wish, sequence))) {
            place(rental);
        }
    }

    /** The rental must stop until it is funded again. */
    public void suspend(RentalId rental, long sequence, String reason) {
        if (move(rental, new DemandEvent.Suspended(sequence))) {
            leases.drain(rental, LeaseReason.RENTAL_SUSPENDED, reason);
        }
    }

    /** The rental ends; when it has no lease that could end, that is told at once. */
    public void end(RentalId rental, String reason) {
        if (!move(rental, new DemandEvent.Ending())) {
            return;
        }
        leases.drain(rental, LeaseReason.RENTAL_ENDING, reason);
        if (leases.unended(rental).isEmpty()) {
            outbox.append(Topics.LEASE_NOTICES, leases.lastEnd(rental).orElseGet(() -> neverPlaced(rental)));
        }
    }

    /** Rentals that wait for a host, oldest first. */
    public List<RentalId> awaiting() {
        return store.awaiting(BATCH_MAX);
    }

    /** Looks for a host; reasons against it are told when they are other ones than before. */
    public void place(RentalId rental) {
        Demand demand = store.lock(rental, clock.instant());
        if (!(demand.state() instanceof DemandState.Awaiting)) {
            return;
        }
        store.lockPlacement();
        Order wish = demand.wish().orElseThrow();
        Request request = new Request(wish, demand.epoch());
        switch (Placement.decide(request, candidates.of(wish.customerId()), policy)) {
            case Placement.Chosen chosen -> grant(demand, wish, chosen);
            case Placement.Refused(List<String> reasons) -> refuse(demand, reasons);
        }
    }

    /** A host that was drained or failed after it was looked at gets nothing; the rental waits and is tried again. */
    private void grant(Demand demand, Order wish, Placement.Chosen chosen) {
        if (!hosts.lock(chosen.host(), chosen.version())) {
            LOG.debugf("host %s changed before rental %s could have it", chosen.host(), demand.rental());
            return;
        }
        if (DemandMoves.on(demand, new DemandEvent.Granted()) instanceof DemandMoves.Moved(Demand next)) {
            store.save(next, demand.epoch(), clock.instant());
            maintenance.tell(
                    leases.grant(new Leases.Grant(demand.rental(), next.epoch(), wish, chosen.host(), chosen.gpus())));
            metrics.counter("filon.placements", "outcome", "chosen").increment();
        }
    }

    private void refuse(Demand demand, List<String> reasons) {
        if (!reasons.equals(demand.refusals())) {
            store.save(demand.refused(reasons), demand.epoch(), clock.instant());
            outbox.append(Topics.LEASE_NOTICES, new LeaseNotice.PlacementRefused(demand.rental(), reasons));
            metrics.counter("filon.placements", "outcome", "refused").increment();
        }
    }

    private boolean move(RentalId rental, DemandEvent event) {
        Instant now = clock.instant();
        Demand demand = store.lock(rental, now);
        return switch (DemandMoves.on(demand, event)) {
            case DemandMoves.Moved(Demand next) -> {
                store.save(next, demand.epoch(), now);
                yield true;
            }
            case DemandMoves.Refused(var code, String why) -> {
                LOG.debug(why);
                yield false;
            }
        };
    }

    private LeaseNotice.Ended neverPlaced(RentalId rental) {
        return new LeaseNotice.Ended(rental, LeaseId.of(UUID.randomUUID()), 0, clock.instant(), "never placed");
    }
}

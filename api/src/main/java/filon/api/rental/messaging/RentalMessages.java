package filon.api.rental.messaging;

import filon.api.rental.Maintenance;
import filon.api.rental.Maintenances;
import filon.api.rental.RentalEvent;
import filon.api.rental.Rentals;
import filon.contracts.message.BillingNotice;
import filon.contracts.message.FleetEvent;
import filon.contracts.message.FleetReport;
import filon.contracts.message.LeaseNotice;
import filon.contracts.message.RentalNotice;
import filon.contracts.message.TelemetrySample;
import filon.contracts.message.Topics;
import filon.contracts.message.UsageAcknowledged;
import filon.contracts.message.UsageReport;
import filon.plumbing.inbox.MessageHandler;
import filon.plumbing.inbox.Received;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Turns what billing and provisioning say of rentals into events. */
@ApplicationScoped
class RentalMessages implements MessageHandler {
    private static final int REASON_LENGTH_MAX = 500;

    private final Rentals rentals;
    private final Maintenances maintenances;
    private final Clock clock;

    RentalMessages(Rentals rentals, Maintenances maintenances, Clock clock) {
        this.rentals = rentals;
        this.maintenances = maintenances;
        this.clock = clock;
    }

    @Override
    public String consumer() {
        return "rental";
    }

    @Override
    public List<String> topics() {
        return List.of(Topics.BILLING_NOTICES, Topics.LEASE_NOTICES);
    }

    @Override
    public void handle(Received received) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        switch (received.envelope().payload()) {
            case BillingNotice notice -> onBilling(notice, now);
            case LeaseNotice notice -> onLease(notice, now);
            case RentalNotice _, FleetReport _, TelemetrySample _, FleetEvent _, UsageReport _, UsageAcknowledged _ ->
                throw new IllegalArgumentException(
                        "a " + received.envelope().name() + " does not belong on " + received.topic());
        }
    }

    private void onBilling(BillingNotice notice, Instant now) {
        switch (notice) {
            case BillingNotice.HoldPlaced placed -> rentals.hear(placed.rentalId(), new RentalEvent.HoldPlaced(now));
            case BillingNotice.HoldRefused refused ->
                rentals.hear(refused.rentalId(), new RentalEvent.HoldRefused(now, shortened(refused.reason())));
            case BillingNotice.BalanceExhausted spent ->
                rentals.hear(spent.rentalId(), new RentalEvent.BalanceSpent(now));
            case BillingNotice.RentalSettled settled ->
                rentals.hear(settled.rentalId(), new RentalEvent.CostSettled(now));
            case BillingNotice.PricePublished _, BillingNotice.BalanceChanged _, BillingNotice.CostPosted _ -> {
                // catalogue, balance and usage hear these
            }
        }
    }

    private void onLease(LeaseNotice notice, Instant now) {
        switch (notice) {
            case LeaseNotice.Granted granted ->
                rentals.hear(granted.rentalId(), new RentalEvent.LeaseGranted(now, granted.leaseId(), granted.epoch()));
            case LeaseNotice.PlacementRefused refused ->
                rentals.hear(
                        refused.rentalId(),
                        new RentalEvent.PlacementRefused(now, shortened(String.join("; ", refused.reasons()))));
            case LeaseNotice.WorkloadObserved seen ->
                rentals.hear(
                        seen.rentalId(),
                        new RentalEvent.WorkSeen(
                                now,
                                seen.leaseId(),
                                seen.epoch(),
                                seen.state(),
                                shortened(seen.reason()),
                                seen.since().truncatedTo(ChronoUnit.MICROS)));
            case LeaseNotice.Ended ended ->
                rentals.hear(
                        ended.rentalId(),
                        new RentalEvent.LeaseEnded(now, ended.leaseId(), ended.epoch(), shortened(ended.reason())));
            case LeaseNotice.MaintenanceAnnounced said ->
                maintenances.announced(
                        said.rentalId(),
                        new Maintenance(
                                said.windowId(),
                                said.leaseId(),
                                said.startsAt(),
                                shortened(said.reason()),
                                shortened(said.consequence())));
            case LeaseNotice.MaintenanceWithdrawn said ->
                maintenances.withdrawn(said.rentalId(), said.leaseId(), said.windowId());
            case LeaseNotice.HostKnown _ -> {
                // the fleet hears of hosts
            }
        }
    }

    /** A reason has no agreed length on the wire; on a page it has one. */
    private static String shortened(String reason) {
        if (reason == null) {
            return "no reason was given";
        }
        return reason.length() <= REASON_LENGTH_MAX ? reason : reason.substring(0, REASON_LENGTH_MAX) + "...";
    }
}

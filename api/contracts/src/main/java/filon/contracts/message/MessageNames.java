package filon.contracts.message;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The wire name of every message type; a name is given once and never changes its meaning. */
public final class MessageNames {
    private static final Map<String, Class<? extends Message>> BY_NAME = byName();

    private MessageNames() {}

    /** @throws IllegalArgumentException if the type has no wire name */
    public static String nameOf(Class<? extends Message> type) {
        return BY_NAME.entrySet().stream()
                .filter(e -> e.getValue().equals(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no wire name for message " + type.getName()));
    }

    /** The type behind a wire name, empty for a name this version does not know. */
    public static Optional<Class<? extends Message>> typeOf(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All names with their types, in a stable order. */
    public static Map<String, Class<? extends Message>> all() {
        return BY_NAME;
    }

    private static Map<String, Class<? extends Message>> byName() {
        Map<String, Class<? extends Message>> names = new LinkedHashMap<>();
        names.put("rental.requested.v1", RentalNotice.Requested.class);
        names.put("rental.funded.v1", RentalNotice.Funded.class);
        names.put("rental.suspended.v1", RentalNotice.Suspended.class);
        names.put("rental.ending.v1", RentalNotice.Ending.class);
        names.put("price.published.v1", BillingNotice.PricePublished.class);
        names.put("balance.changed.v1", BillingNotice.BalanceChanged.class);
        names.put("balance.exhausted.v1", BillingNotice.BalanceExhausted.class);
        names.put("hold.placed.v1", BillingNotice.HoldPlaced.class);
        names.put("hold.refused.v1", BillingNotice.HoldRefused.class);
        names.put("cost.posted.v1", BillingNotice.CostPosted.class);
        names.put("rental.settled.v1", BillingNotice.RentalSettled.class);
        names.put("lease.granted.v1", LeaseNotice.Granted.class);
        names.put("placement.refused.v1", LeaseNotice.PlacementRefused.class);
        names.put("workload.observed.v1", LeaseNotice.WorkloadObserved.class);
        names.put("lease.ended.v1", LeaseNotice.Ended.class);
        names.put("maintenance.announced.v1", LeaseNotice.MaintenanceAnnounced.class);
        names.put("maintenance.withdrawn.v1", LeaseNotice.MaintenanceWithdrawn.class);
        names.put("host.known.v1", LeaseNotice.HostKnown.class);
        names.put("host.reported.v1", FleetReport.HostReported.class);
        names.put("workload.reported.v1", FleetReport.WorkloadReported.class);
        names.put("burn-in.reported.v1", FleetReport.BurnInReported.class);
        names.put("wipe.reported.v1", FleetReport.WipeReported.class);
        names.put("telemetry.sample.v1", TelemetrySample.class);
        names.put("order.refused.v1", FleetEvent.OrderRefused.class);
        names.put("workload.started.v1", FleetEvent.WorkloadStarted.class);
        names.put("workload.exited.v1", FleetEvent.WorkloadExited.class);
        names.put("agent.started.v1", FleetEvent.AgentStarted.class);
        names.put("usage.report.v1", UsageReport.class);
        names.put("usage.acknowledged.v1", UsageAcknowledged.class);
        return java.util.Collections.unmodifiableMap(names);
    }
}

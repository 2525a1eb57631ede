package filon.api.rental.store;

import filon.api.rental.Lease;
import filon.api.rental.Mover;
import filon.api.rental.Rental;
import filon.api.rental.RentalState;
import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.Algorithm;
import filon.contracts.value.CustomerId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.MicroEuro;
import filon.contracts.value.RentalId;
import filon.contracts.value.Sku;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@Entity
@Table(name = "rental")
class RentalRow {
    @Id
    UUID id;

    @Column(name = "customer_id")
    String customerId;

    @Column(name = "customer_name")
    String customerName;

    String offer;

    @Column(name = "gpu_count")
    int gpuCount;

    String algorithm;

    @Column(name = "pools_sealed")
    byte[] poolsSealed;

    @Column(name = "price_per_gpu_hour")
    long pricePerGpuHour;

    @Column(name = "price_version")
    int priceVersion;

    @Column(name = "created_at")
    Instant createdAt;

    String state;
    Instant since;
    String reason;
    String mover;
    Instant deadline;

    @Column(name = "lease_id")
    UUID leaseId;

    Long epoch;

    @Column(name = "seen_since")
    Instant seenSince;

    @Column(name = "lease_over")
    boolean leaseOver;

    static RentalRow of(Rental rental, PoolSeal seal) {
        Order order = rental.order();
        RentalRow row = new RentalRow();
        row.id = rental.id().value();
        row.customerId = order.customerId().value();
        row.customerName = rental.customerName();
        row.offer = order.offer().sku();
        row.gpuCount = order.gpuCount();
        row.algorithm = order.algorithm().label();
        row.poolsSealed = seal.seal(rental.id(), order.pools());
        row.pricePerGpuHour = order.pricePerGpuHour().amount();
        row.priceVersion = order.priceVersion();
        row.createdAt = rental.createdAt();
        row.take(rental);
        return row;
    }

    /** Takes over what can change: the state and the lease, never the order. */
    void take(Rental rental) {
        RentalState next = rental.state();
        state = next.name();
        since = next.since();
        reason = next.reason();
        mover = next.mover().name();
        deadline = next.deadline().orElse(null);
        leaseId = rental.lease().map(lease -> lease.leaseId().value()).orElse(null);
        epoch = rental.lease().map(Lease::epoch).orElse(null);
        seenSince = rental.lease().map(Lease::seenSince).orElse(null);
        leaseOver = rental.lease().map(Lease::isOver).orElse(false);
    }

    Rental rental(PoolSeal seal) {
        RentalId rentalId = RentalId.of(id);
        Order order = new Order(
                CustomerId.of(customerId),
                Sku.of(offer),
                gpuCount,
                Algorithm.of(algorithm),
                seal.open(rentalId, poolsSealed),
                MicroEuro.of(pricePerGpuHour),
                priceVersion);
        return new Rental(rentalId, customerName, order, state(), lease(), createdAt);
    }

    private Optional<Lease> lease() {
        return leaseId == null
                ? Optional.empty()
                : Optional.of(new Lease(LeaseId.of(leaseId), epoch, seenSince, leaseOver));
    }

    private RentalState state() {
        return switch (state) {
            case "Requested" -> new RentalState.Requested(since);
            case "Funded" -> new RentalState.Funded(since, reason);
            case "Placed" -> new RentalState.Placed(since, reason);
            case "Active" -> new RentalState.Active(since);
            case "Degraded" -> new RentalState.Degraded(since, reason, Mover.valueOf(mover));
            case "Paused" -> new RentalState.Paused(since, reason);
            case "Suspended" -> new RentalState.Suspended(since, reason);
            case "Relocating" -> new RentalState.Relocating(since, reason);
            case "Ending" -> new RentalState.Ending(since, reason);
            case "Ended" -> new RentalState.Ended(since, reason);
            case "Rejected" -> new RentalState.Rejected(since, reason);
            case "Failed" -> new RentalState.Failed(since, reason);
            default -> throw new IllegalStateException("rental " + id + " has the unknown state " + state);
        };
    }
}

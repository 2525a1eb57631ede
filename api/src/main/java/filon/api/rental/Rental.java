package filon.api.rental;

import filon.contracts.message.RentalNotice.Order;
import filon.contracts.value.CustomerId;
import filon.contracts.value.LeaseId;
import filon.contracts.value.RentalId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An order of GPUs and what became of it.
 *
 * @param customerName what staff read; the order has the id that counts
 * @param order frozen when it was made, price included
 * @param lease the newest lease heard of
 */
public record Rental(
        RentalId id, String customerName, Order order, RentalState state, Optional<Lease> lease, Instant createdAt) {
    public Rental {
        Objects.requireNonNull(id, "a rental has an id");
        Objects.requireNonNull(customerName, "a rental has a customer's name");
        Objects.requireNonNull(order, "a rental has an order");
        Objects.requireNonNull(state, "a rental has a state");
        Objects.requireNonNull(lease, "a rental has a lease or says that it has none");
        Objects.requireNonNull(createdAt, "a rental has a time of its order");
    }

    public static Rental requested(RentalId id, String customerName, Order order, Instant now) {
        return new Rental(id, customerName, order, new RentalState.Requested(now), Optional.empty(), now);
    }

    public CustomerId owner() {
        return order.customerId();
    }

    /** Whether news of this lease is of the present: of the lease we hold, or of a newer one. */
    boolean concerns(LeaseId leaseId, long epoch) {
        boolean isLetGo =
                lease.filter(known -> known.epoch() == epoch && known.isOver()).isPresent();
        return isNewest(leaseId, epoch) && !isLetGo;
    }

    /** Whether this is the newest lease we heard of, held or let go of, or a newer one. */
    boolean isNewest(LeaseId leaseId, long epoch) {
        return lease.map(known -> epoch > known.epoch()
                        || epoch == known.epoch() && known.leaseId().equals(leaseId))
                .orElse(true);
    }

    /** The lease of this epoch as we know it, or as it is new to us. */
    Lease leaseOf(LeaseId leaseId, long epoch) {
        return lease.filter(known -> known.epoch() == epoch).orElseGet(() -> Lease.granted(leaseId, epoch));
    }

    Rental to(RentalState next) {
        return new Rental(id, customerName, order, next, lease, createdAt);
    }

    Rental with(Lease newest) {
        return new Rental(id, customerName, order, state, Optional.of(newest), createdAt);
    }

    /** The same rental that has let go of its lease. */
    Rental released() {
        return new Rental(id, customerName, order, state, lease.map(Lease::over), createdAt);
    }
}
